package io.github.kratosadmin.internal.redaction;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.error.KratosError;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.identity.BatchPatchIdentities;
import io.github.kratosadmin.identity.BatchPatchIdentities.IdentityPatch;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.IdentityPath;
import io.github.kratosadmin.identity.ImportCredentials;
import io.github.kratosadmin.identity.JsonPatch;
import io.github.kratosadmin.identity.UpdateIdentity;
import io.github.kratosadmin.internal.json.KratosJson;
import io.github.kratosadmin.testing.Operations;
import io.github.kratosadmin.testing.TestServer;
import io.github.kratosadmin.testing.TestServer.Request;
import io.github.kratosadmin.testing.TestServer.StubResponse;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests with a server that returns each request, with its body and headers, in any
 * encoding and in any place of a response.
 */
class EchoTests {

	private static final List<String> SECRETS = List.of("b34r3r-t0k3n", "hush", "s3ss10n-zq", "p4ss \"<w&rd>",
			"$2a$10$q9w8e7r6t5", "5ubj3ct/+");

	private static final List<String> PERSONAL = List.of("jane.doe@example.org", "crm-4711", "owes <us> 70\u20ac");

	private static final CreateIdentity CREATE = CreateIdentity.builder()
		.traits(Map.of("email", PERSONAL.get(0)))
		.externalId(PERSONAL.get(1))
		.metadataAdmin(Map.of("note", PERSONAL.get(2)))
		.credentials(ImportCredentials.builder().password(SECRETS.get(3)).oidc("github", SECRETS.get(5)).build())
		.build();

	private static final CreateIdentity HASHED = CreateIdentity.builder()
		.traits(Map.of("email", PERSONAL.get(0)))
		.credentials(ImportCredentials.builder().hashedPassword(SECRETS.get(4)).build())
		.build();

	private static final List<Consumer<KratosAdmin>> CALLS = List.of(
			(admin) -> admin.identities().createIdentity(CREATE), (admin) -> admin.identities().createIdentity(HASHED),
			(admin) -> admin.identities()
				.updateIdentity("some-id",
						UpdateIdentity.builder().traits(CREATE.traits()).credentials(CREATE.credentials()).build()),
			(admin) -> admin.identities()
				.patchIdentity("some-id",
						JsonPatch.builder().add(IdentityPath.traits("email"), PERSONAL.get(0)).build()),
			(admin) -> admin.identities()
				.batchPatchIdentities(new BatchPatchIdentities(
						List.of(new IdentityPatch(CREATE, null), new IdentityPatch(HASHED, null)))),
			(admin) -> admin.identities().getIdentityByExternalID(PERSONAL.get(1), null),
			(admin) -> admin.identities().findByCredentialsIdentifier(PERSONAL.get(0)),
			(admin) -> admin.selfService().getSelfServiceSettingsFlow("some-id", SECRETS.get(2)));

	private static final List<Function<String, StubResponse>> PLACES = List.of((echo) -> StubResponse.text(404, echo),
			(echo) -> StubResponse.html(502, "<pre>" + echo), (echo) -> StubResponse.text(200, echo),
			(echo) -> StubResponse.json(200, json(Map.of(echo, echo))),
			(echo) -> StubResponse.json(404, json(Map.of("message", echo))),
			(echo) -> StubResponse.json(400, json(Map.of("error", Map.of("code", 400, "reason", echo)))),
			(echo) -> StubResponse.json(401, json(Map.of("error", Map.of("code", 401, "message", echo, "id", echo)))),
			(echo) -> StubResponse.json(409,
					json(Map.of("error",
							Map.of("code", 409, "debug", echo, "request", echo, "status", echo, "other", echo,
									"details", Map.of(echo, List.of(echo)))))),
			(echo) -> StubResponse.json(500,
					json(Map.of("error",
							Map.of("reason", "invalid character '\"' looking for beginning of value in " + echo)))),
			(echo) -> StubResponse.json(400, json(Map.of("error", Map.of("reason", echo)))).cutOff());

	@AutoClose
	private final TestServer server = new TestServer();

	private static String json(Object value) {
		return KratosJson.mapper().writeValueAsString(value);
	}

	private static String echo(Request request) {
		StringBuilder echo = new StringBuilder(request.toString());
		request.headers().forEach((name, value) -> echo.append('\n').append(name).append(": ").append(value));
		return echo.append("\n\n").append(request.body()).append('\n').append(String.join(" and ", SECRETS)).toString();
	}

	@ParameterizedTest
	@EnumSource
	void valuesThatWereSentAreNotShown(Encoding encoding) {
		this.server.version("v26.2.0");
		int failures = 0;
		try (KratosAdmin admin = admin()) {
			for (Function<String, StubResponse> place : PLACES) {
				this.server.otherwise((request) -> place.apply(encoding.encode(echo(request))));
				for (Consumer<KratosAdmin> call : CALLS) {
					String shown = show(admin, call);
					failures += shown.isEmpty() ? 0 : 1;
					for (String value : PERSONAL) {
						assertThat(shown).doesNotContainIgnoringCase(value);
					}
				}
			}
		}
		assertThat(failures).as("of %d", PLACES.size() * CALLS.size()).isGreaterThan(70);
	}

	static Stream<Method> operations() {
		// The server of this test has its own response to getVersion.
		return Operations.all().filter((operation) -> !operation.getName().equals("getVersion"));
	}

	@ParameterizedTest
	@MethodSource("operations")
	void argumentsOfAnOperationAreNotShown(Method operation) {
		Object[] arguments = Arrays.stream(operation.getParameters())
			.map((parameter) -> Operations.argument(parameter, PERSONAL.get(0)))
			.toArray();
		ThrowingConsumer<KratosAdmin> call = (admin) -> Operations.call(admin, operation, arguments);
		this.server.version("v26.2.0");
		int failures = 0;
		try (KratosAdmin admin = admin()) {
			for (Function<String, StubResponse> place : PLACES) {
				this.server.otherwise((request) -> place.apply(echo(request)));
				String shown = show(admin, call);
				failures += shown.isEmpty() ? 0 : 1;
				assertThat(shown).doesNotContainIgnoringCase(PERSONAL.get(0));
			}
		}
		assertThat(failures).as("of %d", PLACES.size()).isGreaterThan(5);
	}

	@Test
	void aTokenIsNotShownInATextOfKratos() {
		this.server.version("v26.2.0")
			.otherwise((request) -> StubResponse.json(401,
					"{\"error\":{\"code\":401,\"reason\":\"token b34r3r-t0k3n is not valid\"}}"));
		try (KratosAdmin admin = admin()) {
			assertThat(show(admin, (client) -> client.identities().getIdentity("x")))
				.contains("getIdentity failed with status 401: token *** is not valid");
		}
	}

	@Test
	void theErrorOfKratosHasNoSecretsOfTheCall() {
		this.server.version("v26.2.0")
			.otherwise((request) -> StubResponse.json(400,
					json(Map.of("error", Map.of("code", 400, "reason", "This is not valid: " + echo(request))))));
		Map<String, Consumer<KratosAdmin>> calls = Map.of(SECRETS.get(2), CALLS.get(7), SECRETS.get(3), CALLS.get(0),
				SECRETS.get(4), CALLS.get(1), SECRETS.get(5), CALLS.get(0));
		try (KratosAdmin admin = admin()) {
			calls.forEach((secret, call) -> {
				KratosException failure = catchThrowableOfType(KratosException.class, () -> call.accept(admin));
				assertThat(failure).hasMessageContaining("This is not valid: ").hasMessageNotContaining(secret);
				assertThat(failure.getError().reason()).startsWith("This is not valid: ").doesNotContain(secret);
			});
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "P@ss\"word", "P\\a\ts/w<ord", "pa\"\ud83d\ude00\"ss", "\u00e4\"\u20ac\"w" })
	void aPasswordIsNotShownInTheBase64OfABody(String password) {
		for (int before = 0; before < 3; before++) {
			CreateIdentity identity = CreateIdentity.builder()
				.traits(Map.of("n", "x".repeat(before)))
				.credentials(ImportCredentials.builder().password(password).build())
				.build();
			AtomicReference<String> sent = new AtomicReference<>();
			this.server.otherwise((request) -> {
				sent.set(request.body());
				String base64 = Base64.getEncoder().encodeToString(request.body().getBytes(StandardCharsets.UTF_8));
				return StubResponse.json(400, json(Map.of("error", Map.of("code", 400, "reason", base64))));
			});
			try (KratosAdmin admin = admin()) {
				String shown = catchThrowableOfType(KratosException.class,
						() -> admin.identities().createIdentity(identity))
					.getError()
					.reason();
				String written = json(password).substring(1, json(password).length() - 1);
				assertThat(sent.get()).contains(written);
				int start = sent.get().indexOf(written);
				int end = start + written.getBytes(StandardCharsets.UTF_8).length;
				// The characters that encode nothing but the password.
				String base64 = Base64.getEncoder().encodeToString(sent.get().getBytes(StandardCharsets.UTF_8));
				String ofPassword = base64.substring((start * 8 + 5) / 6, end * 8 / 6);
				for (int i = 0; i + 4 <= ofPassword.length(); i++) {
					assertThat(shown).doesNotContain(ofPassword.substring(i, i + 4));
				}
			}
		}
	}

	private KratosAdmin admin() {
		return KratosAdmin.builder()
			.baseUrl(this.server.url())
			.pathPrefix("")
			.bearerToken(SECRETS.get(0))
			.header("apikey", SECRETS.get(1))
			.build();
	}

	/**
	 * Returns the failure as a log shows it, and checks that the getters have no secrets
	 * of the call either.
	 */
	private static String show(KratosAdmin admin, Consumer<KratosAdmin> call) {
		StringWriter text = new StringWriter();
		try {
			call.accept(admin);
		}
		catch (KratosException ex) {
			ex.printStackTrace(new PrintWriter(text));
			text.append(ex.getError().toString());
			KratosError error = ex.getError();
			String all = text + " " + error.id() + error.status() + error.reason() + error.message() + error.request()
					+ error.debug() + error.details() + error.additionalProperties();
			for (String secret : List.of(SECRETS.get(0), SECRETS.get(1))) {
				assertThat(all).doesNotContainIgnoringCase(secret);
				for (Encoding encoding : Encoding.values()) {
					assertThat(all).as("%s", encoding).doesNotContain(encoding.encode(secret));
				}
			}
		}
		return text.toString();
	}

}
