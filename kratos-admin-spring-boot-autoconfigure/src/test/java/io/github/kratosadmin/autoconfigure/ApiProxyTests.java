package io.github.kratosadmin.autoconfigure;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.identity.IdentityApi;
import io.github.kratosadmin.testing.StubKratos;
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link ApiProxy} and {@link ApiProxyRuntimeHints}.
 */
class ApiProxyTests {

	private final KratosAdmin kratos = mock(KratosAdmin.class);

	private final IdentityApi api = ApiProxy.of(IdentityApi.class, this.kratos, KratosAdmin::identities);

	@Test
	void getsTheApiForEachCall() {
		IdentityApi first = mock(IdentityApi.class);
		IdentityApi second = mock(IdentityApi.class);
		given(this.kratos.identities()).willReturn(first, second);
		given(first.findByExternalId("1")).willReturn(Optional.empty());
		given(second.findByExternalId("1")).willThrow(new IllegalArgumentException("second"));
		assertThat(this.api.findByExternalId("1")).isEmpty();
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> this.api.findByExternalId("1"))
			.withMessage("second");
	}

	@Test
	void delegatesDefaultMethods() {
		try (StubKratos server = new StubKratos();
				KratosAdmin kratos = KratosAdmin.builder().baseUrl(server.url()).pathPrefix("").build()) {
			IdentityApi identities = ApiProxy.of(IdentityApi.class, kratos, KratosAdmin::identities);
			assertThat(identities.getIdentity("1").id()).isEqualTo("1");
			assertThatExceptionOfType(KratosNotFoundException.class)
				.isThrownBy(() -> identities.updateIdentity("2", (identity) -> null));
		}
	}

	@Test
	void suggestsACorrectionIfAMockReturnsNoApi() {
		assertThatIllegalStateException().isThrownBy(() -> this.api.getIdentity("1"))
			.withMessageContaining(
					"returned no IdentityApi. If it is a mock, make it return one, or mock IdentityApi as well");
	}

	@Test
	void isEqualOnlyToItself() {
		IdentityApi other = ApiProxy.of(IdentityApi.class, this.kratos, KratosAdmin::identities);
		assertThat(this.api).isEqualTo(this.api).hasSameHashCodeAs(this.api).isNotEqualTo(other);
		assertThat(this.api).hasToString("IdentityApi of " + this.kratos);
	}

	@Test
	void everyApiHasRuntimeHints() {
		RuntimeHints hints = new RuntimeHints();
		new ApiProxyRuntimeHints().registerHints(hints, getClass().getClassLoader());
		Set<Class<?>> apis = Stream.of(KratosAdmin.class.getMethods())
			.filter((method) -> method.getParameterCount() == 0
					&& method.getReturnType().getSimpleName().endsWith("Api"))
			.map((method) -> method.getReturnType())
			.collect(Collectors.toSet());
		assertThat(apis).hasSize(7).allSatisfy((api) -> {
			assertThat(RuntimeHintsPredicates.proxies().forInterfaces(api)).accepts(hints);
			assertThat(api.getMethods())
				.allSatisfy((method) -> assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(method))
					.accepts(hints));
		});
	}

}
