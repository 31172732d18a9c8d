package io.github.kratosadmin.internal.feign;

import java.util.stream.Stream;

import feign.Feign;
import io.github.kratosadmin.identity.IdentityApi;
import io.github.kratosadmin.internal.json.KratosJson;
import io.github.kratosadmin.metadata.MetadataApi;
import io.github.kratosadmin.recovery.RecoveryApi;
import io.github.kratosadmin.selfservice.SelfServiceApi;
import io.github.kratosadmin.testing.TestServer;
import io.github.kratosadmin.testing.TestServer.StubResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.cloud.openfeign.support.SpringMvcContract;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the declared operations do not depend on this client: Feign and its contract
 * for the annotations of Spring MVC are enough.
 */
class PlainFeignTests {

	@AutoClose
	private final TestServer server = new TestServer();

	static Stream<Class<?>> interfaces() {
		return Stream.of(IdentityOperations.class, SessionOperations.class, SchemaOperations.class,
				CourierOperations.class, RecoveryApi.class, SelfServiceApi.class, MetadataApi.class);
	}

	@ParameterizedTest
	@MethodSource("interfaces")
	void aPlainFeignSupportsEachInterface(Class<?> type) {
		assertThat(plain().target(type, this.server.url())).isInstanceOf(type);
	}

	@Test
	void aPlainFeignCallsAnOperationThroughThePublicInterface() {
		this.server.respond(StubResponse.json("{\"id\":\"x\",\"traits\":{}}"));
		IdentityApi identities = plain().target(IdentityOperations.class, this.server.url());
		assertThat(identities.getIdentity("x").id()).isEqualTo("x");
		assertThat(this.server.request()).hasToString("GET /identities/x");
	}

	private static Feign.Builder plain() {
		return Feign.builder()
			.contract(new SpringMvcContract())
			.decoder((response, type) -> KratosJson.mapper()
				.readValue(response.body().asInputStream(), KratosJson.mapper().constructType(type)));
	}

}
