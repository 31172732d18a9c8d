package io.github.kratosadmin.internal.http;

import java.time.Duration;
import java.util.Map;

import io.github.kratosadmin.internal.operation.ActiveCalls;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

class AdminHeadersTests {

	@Test
	void aTokenIsSentAsBearerToken() {
		assertThat(new AdminHeaders(Map.of("X-Api-Key", "key"), () -> "token", ObservationRegistry.NOOP,
				new ActiveCalls(Duration.ofMinutes(1)), null)
			.get()).hasSize(2).containsEntry("X-Api-Key", "key").containsEntry("Authorization", "Bearer token");
	}

	@Test
	void aTokenReplacesAConfiguredAuthorizationHeader() {
		assertThat(new AdminHeaders(Map.of("AUTHORIZATION", "Basic x"), () -> "token", ObservationRegistry.NOOP,
				new ActiveCalls(Duration.ofMinutes(1)), null)
			.get()).hasSize(1).containsEntry("Authorization", "Bearer token");
	}

	@Test
	void withoutATokenOnlyTheConfiguredHeadersAreSent() {
		assertThat(new AdminHeaders(Map.of("Authorization", "Basic x"), null, ObservationRegistry.NOOP,
				new ActiveCalls(Duration.ofMinutes(1)), null)
			.get()).isEqualTo(Map.of("Authorization", "Basic x"));
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", " ", "\t", "\n" })
	void aMissingTokenIsRejected(String token) {
		assertThatIllegalArgumentException().isThrownBy(() -> AdminHeaders.checkToken(token))
			.withMessage("The bearer token must consist of visible ASCII characters, without a 'Bearer' prefix, "
					+ "but is missing");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Bearer secret", "secret\r\nX-Evil: 1", "secret\n", " secret", "secrét", "secret\0",
			"secret\u007F" })
	void anInvalidTokenIsRejectedWithoutShowingIt(String token) {
		assertThatIllegalArgumentException().isThrownBy(() -> AdminHeaders.checkToken(token))
			.withMessage("The bearer token must consist of visible ASCII characters, without a 'Bearer' prefix, "
					+ "but does not");
	}

	@ParameterizedTest
	@ValueSource(strings = { "ory_pat_abcABC0123", "a.b-c_d~e+f/g==", "!\"#$%&'()*:;<>?@[]^`{|}" })
	void aTokenOfVisibleCharactersIsAccepted(String token) {
		assertThatNoException().isThrownBy(() -> AdminHeaders.checkToken(token));
	}

	@ParameterizedTest
	@ValueSource(strings = { "secret\r\nX-Evil: 1", "secret\n", "secrét", "secret\0", "secret\u007F" })
	void anInvalidValueIsRejectedWithoutShowingIt(String value) {
		assertThatIllegalArgumentException().isThrownBy(() -> AdminHeaders.check("X-Api-Key", value))
			.withMessage("The value of the header 'X-Api-Key' must consist of visible ASCII characters and spaces "
					+ "on one line");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a\tb c", "!~" })
	void aValueOnOneLineIsAccepted(String value) {
		assertThatNoException().isThrownBy(() -> AdminHeaders.check("X-Api-Key", value));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "X Api", "X-Api:", "X-Äpi", "X\r\nEvil" })
	void anInvalidNameIsRejected(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> AdminHeaders.check(name, "secret"))
			.withMessageEndingWith(" is not a valid header name")
			.withMessageNotContainingAny("secret", "\r", "\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Authorization: Bearer secret", "X-Api-Key=secret", "X-Api-Key secret" })
	void aValueInsideTheNameIsNotShown(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> AdminHeaders.check(name, ""))
			.withMessageEndingWith(" is not a valid header name")
			.withMessageNotContaining("secret");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Host", "content-length", "Content-Type", "Transfer-Encoding", "CONNECTION", "Accept",
			"Expect", "TE", "Upgrade", "X-Session-Token", "Accept-Encoding", "Accept-Charset", "Content-Encoding",
			"Content-Language", "Content-Range", "Keep-Alive", "Trailer", "HTTP2-Settings", "Proxy-Authorization",
			"Proxy-Connection" })
	void aHeaderThatTheClientSetsIsRejected(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> AdminHeaders.check(name, "secret"))
			.withMessage("The header '" + name + "' is set by the client itself");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Range", "If-None-Match", "if-modified-since", "X-HTTP-Method-Override", "Max-Forwards" })
	void aHeaderForSingleRequestsIsRejected(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> AdminHeaders.check(name, "secret"))
			.withMessage("The header '" + name + "' must not be sent with every request, as it changes the request or "
					+ "its response");
	}

	@ParameterizedTest
	@ValueSource(strings = { "${KEY}", "key-${my.key}", "${KEY:${OTHER}}" })
	void anUnresolvedPlaceholderIsRejectedWithoutShowingIt(String value) {
		assertThatIllegalArgumentException().isThrownBy(() -> AdminHeaders.check("X-Api-Key", value))
			.withMessageStartingWith("The value of the header 'X-Api-Key' contains an unresolved placeholder, ${...}")
			.withMessageNotContaining(value);
		assertThatIllegalArgumentException().isThrownBy(() -> AdminHeaders.checkToken(value))
			.withMessageStartingWith("The bearer token contains an unresolved placeholder, ${...}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "$", "${", "${}", "$x}", "{x}" })
	void aValueWithoutAPlaceholderIsAccepted(String value) {
		assertThatNoException().isThrownBy(() -> AdminHeaders.check("X-Api-Key", value));
		assertThatNoException().isThrownBy(() -> AdminHeaders.checkToken(value));
	}

	@ParameterizedTest
	@ValueSource(strings = { "Authorization", "Cookie", "User-Agent", "X-Forwarded-Proto", "X-Request-Id", "x.tenant" })
	void otherHeadersAreAccepted(String name) {
		assertThatNoException().isThrownBy(() -> AdminHeaders.check(name, "value"));
	}

}
