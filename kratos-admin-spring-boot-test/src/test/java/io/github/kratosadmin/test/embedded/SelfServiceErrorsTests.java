package io.github.kratosadmin.test.embedded;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for self-service errors.
 */
class SelfServiceErrorsTests {

	private final EmbeddedKratos kratos = EmbeddedKratos.builder()
		.era(KratosEra.V0_6)
		.clock(new MutableClock())
		.start();

	private final AdminClient client = new AdminClient(this.kratos.adminUrl());

	@AfterEach
	void close() {
		this.kratos.close();
	}

	@Test
	void returnsStoredErrorInList() {
		String id = this.kratos.addError("{\"code\":403,\"message\":\"no\"}");
		JsonNode container = this.client.get("/self-service/errors?error=" + id).json();
		assertThat(container).hasToString("{\"id\":\"" + id + "\",\"errors\":[{\"code\":403,\"message\":\"no\"}],"
				+ "\"created_at\":\"2026-11-23T14:21:54.123456Z\",\"updated_at\":\"2026-11-23T14:21:54.123456Z\"}");
	}

	@Test
	void returnsSeveralErrorsUnchanged() {
		String id = this.kratos.addError("[{\"message\":\"a\"},{\"message\":\"b\"}]");
		assertThat(this.client.get("/self-service/errors?error=" + id).at("/errors").size()).isEqualTo(2);
	}

	@Test
	void refusesMalformedJson() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.kratos.addError("oops"));
	}

}
