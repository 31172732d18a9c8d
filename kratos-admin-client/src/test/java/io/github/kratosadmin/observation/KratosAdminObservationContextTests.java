package io.github.kratosadmin.observation;

import java.util.Map;
import java.util.stream.Stream;

import io.github.kratosadmin.error.KratosError;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosForbiddenException;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.error.KratosPoolExhaustedException;
import io.github.kratosadmin.error.KratosRedirectException;
import io.github.kratosadmin.error.KratosServerException;
import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.error.KratosUnreadableResponseException;
import io.github.kratosadmin.error.KratosUnsupportedException;
import io.github.kratosadmin.observation.KratosAdminObservationDocumentation.LowCardinalityKeyNames;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for the facts of a call and the keys that the default convention derives from
 * them.
 */
class KratosAdminObservationContextTests {

	private static final String OPERATION = "getIdentity";

	private final KratosAdminObservationContext context = new KratosAdminObservationContext("partners", OPERATION,
			"GET", "/identities/{id}");

	private final DefaultKratosAdminObservationConvention convention = new DefaultKratosAdminObservationConvention();

	@Test
	void aCallThatHasNotEndedHasAllKeys() {
		assertThat(this.convention.getLowCardinalityKeyValues(this.context)).containsExactly(
				KeyValue.of("client.name", "partners"), KeyValue.of("error.id", "none"),
				KeyValue.of("exception", "none"), KeyValue.of("method", "GET"), KeyValue.of("operation", "getIdentity"),
				KeyValue.of("outcome", "none"), KeyValue.of("status", "none"), KeyValue.of("uri", "/identities/{id}"));
		assertThat(this.convention.getHighCardinalityKeyValues(this.context)).isEmpty();
	}

	@Test
	void allKeysAreDocumented() {
		assertThat(this.convention.getLowCardinalityKeyValues(this.context)).extracting(KeyValue::getKey)
			.isEqualTo(Stream.of(LowCardinalityKeyNames.values()).map(LowCardinalityKeyNames::asString).toList());
		assertThat(KratosAdminObservationDocumentation.KRATOS_ADMIN_REQUESTS.getLowCardinalityKeyNames())
			.isEqualTo(LowCardinalityKeyNames.values());
	}

	@Test
	void theNamesHaveNoValuesOfTheCall() {
		assertThat(this.convention.getName()).isEqualTo("kratos.admin.requests");
		assertThat(this.convention.getContextualName(this.context)).isEqualTo("kratos getIdentity");
	}

	@Test
	void theDocumentationLeavesTheNameToTheConvention() {
		assertThat(KratosAdminObservationDocumentation.KRATOS_ADMIN_REQUESTS.getName()).isNull();
		assertThat(new DefaultKratosAdminObservationConvention("identities").getName()).isEqualTo("identities");
	}

	@ParameterizedTest
	@CsvSource({ "200, SUCCESS", "204, SUCCESS", "503, SERVER_ERROR" })
	void aCallWithoutAnExceptionHasTheOutcomeOfItsStatus(int status, String outcome) {
		this.context.setStatus(status);
		assertThat(keyValues()).contains(KeyValue.of("status", String.valueOf(status)), KeyValue.of("outcome", outcome),
				KeyValue.of("exception", "none"), KeyValue.of("error.id", "none"));
	}

	static Stream<Arguments> failures() {
		Exception cause = new IllegalStateException("x");
		return Stream.of(arguments(new KratosException(OPERATION, 418, KratosError.NONE), "418", "CLIENT_ERROR"),
				arguments(new KratosNotFoundException(OPERATION, 404, KratosError.NONE), "404", "CLIENT_ERROR"),
				arguments(new KratosNotFoundException(OPERATION, 200, KratosError.NONE), "200", "CLIENT_ERROR"),
				arguments(new KratosServerException(OPERATION, 502, KratosError.NONE), "502", "SERVER_ERROR"),
				arguments(new KratosRedirectException(OPERATION, 302, "x"), "302", "REDIRECTION"),
				arguments(new KratosUnreadableResponseException(OPERATION, 200, "x"), "200", "UNREADABLE"),
				arguments(new KratosUnavailableException(OPERATION, "x", cause), "none", "UNAVAILABLE"),
				arguments(new KratosPoolExhaustedException(OPERATION, "x", cause), "none", "UNAVAILABLE"),
				arguments(new KratosUnsupportedException(OPERATION, "x", "25.4", "1.3"), "none", "REFUSED"));
	}

	@ParameterizedTest
	@MethodSource("failures")
	void aFailedCallHasTheStatusAndOutcomeOfItsException(KratosException failure, String status, String outcome) {
		// Such as the status of an earlier attempt.
		this.context.setStatus(429);
		this.context.setError(failure);
		assertThat(keyValues()).contains(KeyValue.of("status", status), KeyValue.of("outcome", outcome),
				KeyValue.of("exception", failure.getClass().getSimpleName()));
	}

	@Test
	void anotherExceptionHasAnUnknownOutcome() {
		this.context.setError(new OutOfMemoryError("x"));
		assertThat(keyValues()).contains(KeyValue.of("outcome", "UNKNOWN"), KeyValue.of("status", "none"),
				KeyValue.of("exception", "OutOfMemoryError"));
	}

	@Test
	void aFailedCallHasTheIdOfItsError() {
		this.context.setError(new KratosForbiddenException(OPERATION, 403,
				new KratosError("session_aal2_required", 403, null, null, null, null, null, null, Map.of())));
		assertThat(keyValues()).contains(KeyValue.of("error.id", "session_aal2_required"));
	}

	private KeyValues keyValues() {
		return this.convention.getLowCardinalityKeyValues(this.context);
	}

}
