package io.github.kratosadmin.test.embedded;

import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.platform.testkit.engine.EngineTestKit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

/**
 * Tests for {@link EmbeddedKratosExtension}.
 */
class EmbeddedKratosExtensionTests {

	private static final List<URI> SEEN = new ArrayList<>();

	private static final Map<String, String> CONCURRENTLY = Map.of("junit.jupiter.execution.parallel.enabled", "true",
			"junit.jupiter.execution.parallel.mode.default", "concurrent",
			"junit.jupiter.execution.parallel.config.strategy", "fixed",
			"junit.jupiter.execution.parallel.config.fixed.parallelism", "2");

	@BeforeEach
	void forget() {
		SEEN.clear();
	}

	@Test
	void resolvesParametersWithOneServerPerClassAndItsNestedClasses() {
		run(WithParameters.class, 3);
		assertThat(SEEN).hasSize(10);
		assertThat(new HashSet<>(SEEN)).hasSize(1);
	}

	@Test
	void closesTheServerAfterTheClass() {
		run(WithParameters.class, 3);
		URI url = SEEN.get(0);
		assertThatExceptionOfType(ConnectException.class)
			.isThrownBy(() -> new Socket(url.getHost(), url.getPort()).close());
	}

	@Test
	void startsOneServerPerClass() {
		run(WithField.class, 2);
		run(AnotherWithField.class, 2);
		assertThat(new HashSet<>(SEEN)).hasSize(2);
	}

	@Test
	void resolvesConstructorParametersOfSharedInstance() {
		run(WithSharedInstance.class, 1);
		assertThat(SEEN).hasSize(2);
		assertThat(new HashSet<>(SEEN)).hasSize(1);
	}

	@Test
	void keepsStateOfBeforeAll() {
		run(WithBeforeAll.class, 7);
	}

	@Test
	void keepsStateOfBeforeAllOfSharedInstance() {
		run(WithBeforeAllOfASharedInstance.class, 2);
	}

	@Test
	void keepsStateOfBeforeAllOfEnclosingClass() {
		run(WithNestedTestsOnly.class, 3);
	}

	@Test
	void refusesConcurrentTests() {
		EngineTestKit.engine("junit-jupiter")
			.selectors(selectClass(Concurrent.class))
			.configurationParameters(CONCURRENTLY)
			.execute()
			.testEvents()
			.assertStatistics((statistics) -> statistics.succeeded(1).failed(1))
			.failed()
			.assertEventsMatchExactly(event(finishedWithFailure(instanceOf(IllegalStateException.class),
					message((text) -> text.contains("Concurrent run at the same time")
							&& text.contains("@Execution(ExecutionMode.SAME_THREAD)")))));
	}

	@Test
	void refusesToReturnServerOfConcurrentClasses() {
		EngineTestKit.engine("junit-jupiter")
			.selectors(selectClass(OfTwoConcurrentClasses.class), selectClass(OtherOfTwoConcurrentClasses.class))
			.configurationParameters(CONCURRENTLY)
			.execute()
			.testEvents()
			.assertStatistics((statistics) -> statistics.succeeded(2).failed(0));
	}

	@Test
	void hasNoServerBeforeTestClassBegins() {
		assertThatIllegalStateException().isThrownBy(() -> new EmbeddedKratosExtension().kratos());
	}

	private static void run(Class<?> testClass, int tests) {
		EngineTestKit.engine("junit-jupiter")
			.selectors(selectClass(testClass))
			.execute()
			.testEvents()
			.assertStatistics((statistics) -> statistics.succeeded(tests).failed(0));
	}

	@ExtendWith(EmbeddedKratosExtension.class)
	static class WithParameters {

		WithParameters(EmbeddedKratos kratos) {
			SEEN.add(kratos.adminUrl());
		}

		@BeforeEach
		void createIdentity(EmbeddedKratos kratos) {
			SEEN.add(kratos.adminUrl());
			assertThat(kratos.requests()).isEmpty();
			new AdminClient(kratos.adminUrl()).createIdentity("a@example.test");
		}

		@Test
		void first(EmbeddedKratos kratos) {
			assertOneIdentity(kratos);
		}

		@Test
		void second(EmbeddedKratos kratos) {
			assertOneIdentity(kratos);
		}

		@Nested
		class Inner {

			@Test
			void third(EmbeddedKratos kratos) {
				assertOneIdentity(kratos);
				SEEN.add(kratos.adminUrl());
			}

		}

		private static void assertOneIdentity(EmbeddedKratos kratos) {
			SEEN.add(kratos.adminUrl());
			assertThat(new AdminClient(kratos.adminUrl()).get("/identities").json()).hasSize(1);
		}

	}

	static class WithField {

		@RegisterExtension
		static EmbeddedKratosExtension kratos = new EmbeddedKratosExtension(EmbeddedKratos.builder()
			.schema("customer", "{\"properties\":{\"traits\":{\"properties\":{\"x\":{}}}}}"));

		@Test
		void first() {
			assertEmptyWithSchema();
		}

		@Test
		void second() {
			assertEmptyWithSchema();
		}

		private static void assertEmptyWithSchema() {
			URI url = kratos.kratos().adminUrl();
			SEEN.add(url);
			AdminClient client = new AdminClient(url);
			assertThat(new AdminClient(kratos.kratos().publicUrl()).get("/schemas/customer").status()).isEqualTo(200);
			assertThat(client.get("/identities").json()).isEmpty();
			client.createIdentity("a@example.test");
		}

	}

	static class AnotherWithField extends WithField {

	}

	@TestInstance(Lifecycle.PER_CLASS)
	@ExtendWith(EmbeddedKratosExtension.class)
	static class WithSharedInstance {

		WithSharedInstance(EmbeddedKratos kratos) {
			SEEN.add(kratos.adminUrl());
		}

		@Test
		void test(EmbeddedKratos kratos) {
			SEEN.add(kratos.adminUrl());
		}

	}

	@ExtendWith(EmbeddedKratosExtension.class)
	static class WithBeforeAll {

		@BeforeAll
		static void createIdentity(EmbeddedKratos kratos) {
			create(kratos, "all@example.test");
			kratos.addSchema("customer", "{\"properties\":{\"traits\":{\"properties\":{\"x\":{}}}}}");
			kratos.notReady("database", "down");
		}

		@Test
		void first(EmbeddedKratos kratos) {
			assertThat(kratos.requests()).isEmpty();
			assertThat(new AdminClient(kratos.publicUrl()).get("/schemas/customer").status()).isEqualTo(200);
			assertThat(new AdminClient(kratos.adminUrl()).get("/health/ready").status()).isEqualTo(503);
			kratos.ready();
			assertFindsOnly(kratos, 1);
		}

		@RepeatedTest(2)
		void second(EmbeddedKratos kratos) {
			assertThat(new AdminClient(kratos.adminUrl()).get("/health/ready").status()).isEqualTo(503);
			assertFindsOnly(kratos, 1);
		}

		@Nested
		class Inner {

			@BeforeAll
			static void createIdentity(EmbeddedKratos kratos) {
				assertIdentities(kratos, 1);
				create(kratos, "inner@example.test");
			}

			@RepeatedTest(2)
			void third(EmbeddedKratos kratos) {
				assertFindsOnly(kratos, 2);
			}

		}

		@Nested
		class WithoutBeforeAll {

			@RepeatedTest(2)
			void fourth(EmbeddedKratos kratos) {
				assertFindsOnly(kratos, 1);
			}

		}

	}

	@TestInstance(Lifecycle.PER_CLASS)
	@ExtendWith(EmbeddedKratosExtension.class)
	static class WithBeforeAllOfASharedInstance {

		WithBeforeAllOfASharedInstance(EmbeddedKratos kratos) {
			create(kratos, "constructor@example.test");
		}

		@BeforeAll
		void createIdentity(EmbeddedKratos kratos) {
			create(kratos, "all@example.test");
		}

		@RepeatedTest(2)
		void test(EmbeddedKratos kratos) {
			assertFindsOnly(kratos, 2);
		}

	}

	@ExtendWith(EmbeddedKratosExtension.class)
	static class WithNestedTestsOnly {

		@BeforeAll
		static void createIdentity(EmbeddedKratos kratos) {
			create(kratos, "all@example.test");
		}

		@Nested
		class First {

			@Test
			void first(EmbeddedKratos kratos) {
				assertFindsOnly(kratos, 1);
			}

		}

		@Nested
		class Second {

			@RepeatedTest(2)
			void second(EmbeddedKratos kratos) {
				assertFindsOnly(kratos, 1);
			}

		}

	}

	@ExtendWith({ EmbeddedKratosExtension.class, Concurrent.Refusals.class })
	static class Concurrent {

		private static final CountDownLatch REFUSED = new CountDownLatch(1);

		@Test
		void first() throws InterruptedException {
			assertThat(REFUSED.await(30, TimeUnit.SECONDS)).isTrue();
		}

		@Test
		void second() throws InterruptedException {
			assertThat(REFUSED.await(30, TimeUnit.SECONDS)).isTrue();
		}

		static class Refusals implements TestWatcher {

			@Override
			public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
				REFUSED.countDown();
			}

		}

	}

	static class OfTwoConcurrentClasses {

		private static final CyclicBarrier BOTH = new CyclicBarrier(2);

		@RegisterExtension
		static EmbeddedKratosExtension kratos = new EmbeddedKratosExtension();

		@Test
		void test(EmbeddedKratos own) throws Exception {
			BOTH.await(30, TimeUnit.SECONDS);
			assertThatIllegalStateException().isThrownBy(() -> kratos.kratos())
				.withMessageContaining("Take it as a parameter");
			assertFindsOnly(own, 0);
			BOTH.await(30, TimeUnit.SECONDS);
		}

	}

	static class OtherOfTwoConcurrentClasses extends OfTwoConcurrentClasses {

	}

	private static void create(EmbeddedKratos kratos, String email) {
		new AdminClient(kratos.adminUrl()).createIdentity(email);
	}

	/**
	 * Asserts that a test finds only this many identities, and creates another one, which
	 * the next test must not find.
	 */
	private static void assertFindsOnly(EmbeddedKratos kratos, int count) {
		assertIdentities(kratos, count);
		create(kratos, "first@example.test");
	}

	private static void assertIdentities(EmbeddedKratos kratos, int count) {
		assertThat(new AdminClient(kratos.adminUrl()).get("/identities").json()).hasSize(count);
	}

}
