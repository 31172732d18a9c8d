package io.github.kratosadmin.test.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.ListIdentities;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.ContextHierarchy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

/**
 * Tests for {@link SharedEmbeddedKratos}: the state of the server in tests that share it,
 * in sequence or concurrently.
 */
class SharedEmbeddedKratosTests {

	@Test
	void keepsStateOfBeforeAll() {
		run(WithBeforeAll.class).testEvents().assertStatistics((statistics) -> statistics.succeeded(6).failed(0));
	}

	@Test
	void keepsStateOfBeforeAllOfSharedInstance() {
		run(WithSharedInstance.class).testEvents().assertStatistics((statistics) -> statistics.succeeded(2).failed(0));
	}

	@Test
	void keepsStateOfBeforeAllOfEnclosingClass() {
		run(WithNestedTestsOnly.class).testEvents().assertStatistics((statistics) -> statistics.succeeded(4).failed(0));
	}

	@Test
	void keepsStateOfBeforeAllOfEnclosingClassInNewContext() {
		run(WithNestedTestsOnlyInANewContext.class).testEvents()
			.assertStatistics((statistics) -> statistics.succeeded(4).failed(0));
	}

	@Test
	void forgetsStateOfNestedTestsThatStartTheApplication() {
		run(StartedByNested.class).testEvents().assertStatistics((statistics) -> statistics.succeeded(4).failed(0));
	}

	@Test
	void forgetsStateBeforeNextClass() {
		run(WithSharedInstance.class, WithBeforeAll.class, WithNestedTestsOnly.class, WithSharedInstance.class)
			.testEvents()
			.assertStatistics((statistics) -> statistics.succeeded(12).failed(0));
	}

	@Test
	void forgetsStateBeforeNextClassWithSameParentContext() {
		run(InOneChild.class, InAnotherChild.class).testEvents()
			.assertStatistics((statistics) -> statistics.succeeded(4).failed(0));
		run(InOneChild.class).testEvents().assertStatistics((statistics) -> statistics.succeeded(2).failed(0));
	}

	@Test
	void runsNestedTestsOfSuperclass() {
		run(Inheriting.class).testEvents().assertStatistics((statistics) -> statistics.succeeded(6).failed(0));
	}

	@Test
	void refusesConcurrentClasses() {
		// Starts the context that both classes share.
		run(WithSharedInstance.class);
		runConcurrently(First.class, Second.class).containerEvents()
			.assertStatistics((statistics) -> statistics.failed(1))
			.failed()
			.assertEventsMatchExactly(event(finishedWithFailure(instanceOf(IllegalStateException.class),
					message((text) -> text.contains("run at the same time with one application context")
							&& text.contains("@ResourceLock(\"EmbeddedKratos\")")
							&& text.contains("@SpringBootTest(properties = ")))));
	}

	@Test
	void refusesConcurrentTests() {
		runConcurrently(Concurrent.class).testEvents()
			.assertStatistics((statistics) -> statistics.succeeded(1).failed(1))
			.failed()
			.assertEventsMatchExactly(event(finishedWithFailure(instanceOf(IllegalStateException.class),
					message((text) -> text.contains("Concurrent run at the same time")
							&& text.contains("@Execution(ExecutionMode.SAME_THREAD)")))));
	}

	private static EngineExecutionResults run(Class<?>... testClasses) {
		return run(Map.of(), testClasses);
	}

	private static EngineExecutionResults runConcurrently(Class<?>... testClasses) {
		return run(Map.of("junit.jupiter.execution.parallel.enabled", "true",
				"junit.jupiter.execution.parallel.mode.default", "concurrent",
				"junit.jupiter.execution.parallel.config.strategy", "fixed",
				"junit.jupiter.execution.parallel.config.fixed.parallelism", "2"), testClasses);
	}

	private static EngineExecutionResults run(Map<String, String> parameters, Class<?>... testClasses) {
		EngineTestKit.Builder builder = EngineTestKit.engine("junit-jupiter").configurationParameters(parameters);
		for (Class<?> testClass : testClasses) {
			builder.selectors(selectClass(testClass));
		}
		return builder.execute();
	}

	private static void create(KratosAdmin client, String email) {
		client.identities().createIdentity(CreateIdentity.builder().traits(Map.of("email", email)).build());
	}

	/**
	 * Asserts that a test finds only these identities, and creates another one, which the
	 * next test must not find.
	 */
	private static void assertFindsOnly(KratosAdmin client, String... emails) {
		assertThat(emails(client)).containsExactly(emails);
		create(client, "other@example.test");
	}

	private static List<String> emails(KratosAdmin client) {
		return client.identities()
			.listIdentities(ListIdentities.builder().build())
			.items()
			.stream()
			.map((identity) -> identity.traits().path("email").asString())
			.sorted()
			.toList();
	}

	@SpringBootTest(classes = Application.class)
	@AutoConfigureEmbeddedKratos
	static class WithBeforeAll {

		@BeforeAll
		static void createIdentity(@Autowired KratosAdmin client) {
			assertThat(emails(client)).containsExactly("start@example.test");
			create(client, "all@example.test");
		}

		@RepeatedTest(2)
		void findsIt(@Autowired KratosAdmin client, @Autowired EmbeddedKratos kratos) {
			assertThat(kratos.requests()).isEmpty();
			assertFindsOnly(client, "all@example.test", "start@example.test");
		}

		@Nested
		class Inner {

			@BeforeAll
			static void createIdentity(@Autowired KratosAdmin client) {
				assertThat(emails(client)).containsExactly("all@example.test", "start@example.test");
				create(client, "inner@example.test");
			}

			@RepeatedTest(2)
			void findsBoth(@Autowired KratosAdmin client) {
				assertFindsOnly(client, "all@example.test", "inner@example.test", "start@example.test");
			}

		}

		@Nested
		class WithoutBeforeAll {

			@RepeatedTest(2)
			void findsThatOfTheEnclosingClass(@Autowired KratosAdmin client) {
				assertFindsOnly(client, "all@example.test", "start@example.test");
			}

		}

	}

	static class Inheriting extends WithBeforeAll {

	}

	@SpringBootTest(classes = Application.class)
	@AutoConfigureEmbeddedKratos
	@TestInstance(Lifecycle.PER_CLASS)
	static class WithSharedInstance {

		@Autowired
		private KratosAdmin client;

		@BeforeAll
		void createIdentity() {
			assertThat(emails(this.client)).containsExactly("start@example.test");
			create(this.client, "shared@example.test");
		}

		@RepeatedTest(2)
		void findsIt() {
			assertFindsOnly(this.client, "shared@example.test", "start@example.test");
		}

	}

	@SpringBootTest(classes = Application.class)
	@AutoConfigureEmbeddedKratos
	static class WithNestedTestsOnly {

		@BeforeAll
		static void createIdentity(@Autowired KratosAdmin client) {
			create(client, "all@example.test");
		}

		@Nested
		class One {

			@RepeatedTest(2)
			void findsIt(@Autowired KratosAdmin client) {
				assertFindsOnly(client, "all@example.test", "start@example.test");
			}

		}

		@Nested
		class Another {

			@RepeatedTest(2)
			void findsItToo(@Autowired KratosAdmin client) {
				assertFindsOnly(client, "all@example.test", "start@example.test");
			}

		}

	}

	@SpringBootTest(classes = Application.class, properties = "context=new")
	@AutoConfigureEmbeddedKratos
	static class WithNestedTestsOnlyInANewContext {

		@BeforeAll
		static void createIdentity(@Autowired KratosAdmin client) {
			create(client, "all@example.test");
		}

		@Nested
		class One {

			@RepeatedTest(2)
			void findsIt(@Autowired KratosAdmin client) {
				assertFindsOnly(client, "all@example.test", "start@example.test");
			}

		}

		@Nested
		class Another {

			@RepeatedTest(2)
			void findsIt(@Autowired KratosAdmin client) {
				assertFindsOnly(client, "all@example.test", "start@example.test");
			}

		}

	}

	@SpringBootTest(classes = Application.class, properties = "context=another")
	@AutoConfigureEmbeddedKratos
	static class StartedByNested {

		@Nested
		class One {

			@RepeatedTest(2)
			void findsTheStart(@Autowired KratosAdmin client) {
				assertFindsOnly(client, "start@example.test");
			}

		}

		@Nested
		class Another {

			@RepeatedTest(2)
			void findsTheStartToo(@Autowired KratosAdmin client) {
				assertFindsOnly(client, "start@example.test");
			}

		}

	}

	@SpringBootTest
	@AutoConfigureEmbeddedKratos
	@ContextHierarchy({ @ContextConfiguration(classes = Application.class),
			@ContextConfiguration(classes = Child.class) })
	static class InOneChild {

		@RepeatedTest(2)
		void findsTheStart(@Autowired KratosAdmin client) {
			assertFindsOnly(client, "child@example.test", "start@example.test");
		}

	}

	@SpringBootTest
	@AutoConfigureEmbeddedKratos
	@ContextHierarchy({ @ContextConfiguration(classes = Application.class),
			@ContextConfiguration(classes = { Child.class, OtherChild.class }) })
	static class InAnotherChild {

		@RepeatedTest(2)
		void findsTheStart(@Autowired KratosAdmin client) {
			assertFindsOnly(client, "child@example.test", "start@example.test");
		}

	}

	/**
	 * Runs until the other class has ended.
	 */
	@ExtendWith(EndOfTheOther.class)
	@SpringBootTest(classes = Application.class)
	@AutoConfigureEmbeddedKratos
	static class First {

		@Test
		void waitsForTheOther() throws InterruptedException {
			assertThat(EndOfTheOther.ENDED.await(30, TimeUnit.SECONDS)).isTrue();
		}

	}

	static class Second extends First {

	}

	/**
	 * Registered before Spring, to notice the end of a class that Spring refuses.
	 */
	static class EndOfTheOther implements BeforeAllCallback {

		static final CountDownLatch ENDED = new CountDownLatch(1);

		@Override
		public void beforeAll(ExtensionContext context) {
			context.getStore(ExtensionContext.Namespace.create(EndOfTheOther.class))
				.put("end", (AutoCloseable) ENDED::countDown);
		}

	}

	@ExtendWith(Refusals.class)
	@SpringBootTest(classes = Application.class)
	@AutoConfigureEmbeddedKratos
	static class Concurrent {

		@Test
		void first() throws InterruptedException {
			assertThat(Refusals.REFUSED.await(30, TimeUnit.SECONDS)).isTrue();
		}

		@Test
		void second() throws InterruptedException {
			assertThat(Refusals.REFUSED.await(30, TimeUnit.SECONDS)).isTrue();
		}

	}

	static class Refusals implements TestWatcher {

		static final CountDownLatch REFUSED = new CountDownLatch(1);

		@Override
		public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
			REFUSED.countDown();
		}

	}

	/**
	 * Creates an identity when it starts.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		ApplicationRunner identityOfTheStart(KratosAdmin client) {
			return (args) -> create(client, "start@example.test");
		}

	}

	/**
	 * Creates another identity when it starts.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Child {

		@Bean
		ApplicationRunner identityOfTheChild(KratosAdmin client) {
			return (args) -> create(client, "child@example.test");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OtherChild {

	}

}
