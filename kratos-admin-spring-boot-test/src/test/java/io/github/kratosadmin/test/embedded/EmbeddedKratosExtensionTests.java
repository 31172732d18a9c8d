package io.github.kratosadmin.test.embedded;

import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.testkit.engine.EngineTestKit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

/**
 * Tests for {@link EmbeddedKratosExtension}.
 */
class EmbeddedKratosExtensionTests {

	private static final List<URI> SEEN = new ArrayList<>();

	@BeforeEach
	void forget() {
		SEEN.clear();
	}

	@Test
	void resolvesParametersWithOneServerForAClassAndItsNestedClasses() {
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
	void givesEveryClassItsOwnServer() {
		run(WithField.class, 2);
		run(AnotherWithField.class, 2);
		assertThat(new HashSet<>(SEEN)).hasSize(2);
	}

	@Test
	void resolvesConstructorParametersOfASharedInstance() {
		run(WithSharedInstance.class, 1);
		assertThat(SEEN).hasSize(2);
		assertThat(new HashSet<>(SEEN)).hasSize(1);
	}

	@Test
	void hasNoServerBeforeItsClassBegins() {
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
		static EmbeddedKratosExtension kratos = new EmbeddedKratosExtension(
				EmbeddedKratos.builder().schema("customer", "{\"type\":\"object\"}"));

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

}
