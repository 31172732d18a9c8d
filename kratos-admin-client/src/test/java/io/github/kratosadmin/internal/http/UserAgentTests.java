package io.github.kratosadmin.internal.http;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.KratosAdminBuilder;
import io.github.kratosadmin.testing.TestServer;
import io.github.kratosadmin.testing.TestServer.StubResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class UserAgentTests {

	@AutoClose
	private final TestServer server = new TestServer().otherwise((request) -> StubResponse.json("{\"id\":\"x\"}"));

	@Test
	void theDefaultHasTheVersionOfThisProject() {
		assertThat(userAgent(builder())).matches("kratos-admin-spring-boot/\\d+\\.\\d+\\.\\d+(-\\w+)?");
	}

	@Test
	void itCanBeSetAndReset() {
		assertThat(userAgent(builder().userAgent("partners/2 (billing)"))).isEqualTo("partners/2 (billing)");
		assertThat(userAgent(builder().userAgent("x").userAgent(null))).startsWith("kratos-admin-spring-boot/");
	}

	@Test
	void aHeaderTakesPrecedence() {
		assertThat(userAgent(builder().userAgent("x").header("User-Agent", "from-the-headers")))
			.isEqualTo("from-the-headers");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "a\r\nX-Evil: 1", "ü", "${APP}" })
	void anInvalidOneIsRefused(String userAgent) {
		assertThatIllegalArgumentException().isThrownBy(() -> builder().userAgent(userAgent));
	}

	private String userAgent(KratosAdminBuilder builder) {
		try (KratosAdmin admin = builder.build()) {
			admin.identities().getIdentity("x");
		}
		return this.server.requests().get(this.server.requests().size() - 1).header("User-Agent");
	}

	private KratosAdminBuilder builder() {
		return KratosAdmin.builder().baseUrl(this.server.url()).pathPrefix("");
	}

}
