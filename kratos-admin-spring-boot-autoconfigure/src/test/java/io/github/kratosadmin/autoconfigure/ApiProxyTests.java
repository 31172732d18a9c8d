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

	private final IdentityApi group = ApiProxy.of(IdentityApi.class, this.kratos, KratosAdmin::identities);

	@Test
	void asksForTheGroupAtEachCall() {
		IdentityApi first = mock(IdentityApi.class);
		IdentityApi second = mock(IdentityApi.class);
		given(this.kratos.identities()).willReturn(first, second);
		given(first.findByExternalId("1")).willReturn(Optional.empty());
		given(second.findByExternalId("1")).willThrow(new IllegalArgumentException("second"));
		assertThat(this.group.findByExternalId("1")).isEmpty();
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> this.group.findByExternalId("1"))
			.withMessage("second");
	}

	@Test
	void defaultMethodsAreThoseOfTheGroup() {
		try (StubKratos server = new StubKratos();
				KratosAdmin kratos = KratosAdmin.builder().baseUrl(server.url()).pathPrefix("").build()) {
			IdentityApi identities = ApiProxy.of(IdentityApi.class, kratos, KratosAdmin::identities);
			assertThat(identities.getIdentity("1").id()).isEqualTo("1");
			assertThatExceptionOfType(KratosNotFoundException.class)
				.isThrownBy(() -> identities.updateIdentity("2", (identity) -> null));
		}
	}

	@Test
	void saysWhatToDoIfAMockHasNoGroup() {
		assertThatIllegalStateException().isThrownBy(() -> this.group.getIdentity("1"))
			.withMessageContaining(
					"has no IdentityApi. If it is a mock, let it return one, or mock IdentityApi as well");
	}

	@Test
	void isEqualToItselfOnly() {
		IdentityApi other = ApiProxy.of(IdentityApi.class, this.kratos, KratosAdmin::identities);
		assertThat(this.group).isEqualTo(this.group).hasSameHashCodeAs(this.group).isNotEqualTo(other);
		assertThat(this.group).hasToString("IdentityApi of " + this.kratos);
	}

	@Test
	void allGroupsHaveHints() {
		RuntimeHints hints = new RuntimeHints();
		new ApiProxyRuntimeHints().registerHints(hints, getClass().getClassLoader());
		Set<Class<?>> groups = Stream.of(KratosAdmin.class.getMethods())
			.filter((method) -> method.getParameterCount() == 0
					&& method.getReturnType().getSimpleName().endsWith("Api"))
			.map((method) -> method.getReturnType())
			.collect(Collectors.toSet());
		assertThat(groups).hasSize(7).allSatisfy((group) -> {
			assertThat(RuntimeHintsPredicates.proxies().forInterfaces(group)).accepts(hints);
			assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(group.getMethods()[0])).accepts(hints);
		});
	}

}
