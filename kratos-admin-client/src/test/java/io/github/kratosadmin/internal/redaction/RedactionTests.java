package io.github.kratosadmin.internal.redaction;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.kratosadmin.error.KratosError;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.identity.BatchPatchIdentities;
import io.github.kratosadmin.identity.BatchPatchIdentities.IdentityPatch;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.ImportCredentials;
import io.github.kratosadmin.identity.ImportCredentials.OidcProvider;
import io.github.kratosadmin.identity.ImportCredentials.SamlProvider;
import io.github.kratosadmin.identity.JsonPatch;
import io.github.kratosadmin.identity.RecoveryAddress;
import io.github.kratosadmin.identity.VerifiableAddress;
import io.github.kratosadmin.internal.json.KratosJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * Tests for {@link Redaction}.
 */
class RedactionTests {

	private static final String SECRET = "s3cr\u00e9t <\"a'b&c\\d/e+f>=  g\t%h;";

	@ParameterizedTest
	@EnumSource
	void aSecretIsReplacedInAnyEncoding(Encoding encoding) {
		String encoded = encoding.encode(SECRET);
		String text = withoutSecrets("before:" + encoded + ":after", SECRET);
		assertThat(text).startsWith("before:").endsWith(":after").contains("***");
		assertThat(text.replace("***", "")).hasSizeLessThan(13 + (encoding.isBase64() ? 14 : 1));
	}

	@ParameterizedTest
	@EnumSource
	void aSecretOfFourCharactersIsReplacedInAnyEncoding(Encoding encoding) {
		String text = withoutSecrets("before " + encoding.encode("hush") + " after", "hush");
		assertThat(text).doesNotContainIgnoringCase(encoding.encode("hush")).contains("***");
	}

	@ParameterizedTest
	@ValueSource(strings = { "pw", "abc" })
	void aShorterSecretIsReplacedAsAWord(String secret) {
		assertThat(withoutSecrets("password '%s' or spwx %sx".formatted(secret, secret), secret))
			.isEqualTo("password '***' or spwx %sx", secret);
	}

	@Test
	void aSingleCharacterIsNotReplaced() {
		assertThat(withoutSecrets("1 of 1", "1")).isEqualTo("1 of 1");
	}

	@Test
	void anEncodingWithinAnotherOneIsReplaced() {
		for (Encoding inner : Encoding.values()) {
			for (Encoding outer : Encoding.values()) {
				boolean lossy = outer.isBase64() || (inner.isBase64() && outer.name().endsWith("CASE"));
				if (!lossy) {
					String encoded = outer.encode(inner.encode(SECRET));
					String text = withoutSecrets("before:" + encoded + ":after", SECRET);
					assertThat(text.replace("***", "")).as("%s in %s: %s", inner, outer, text).hasSizeLessThan(90);
				}
			}
		}
	}

	/**
	 * Any secret, in any place and encoding. The property {@code fuzz.rounds} sets the
	 * number of secrets, {@code fuzz.seed} selects them.
	 */
	@Test
	void aRandomSecretIsReplacedAnywhereInAnyEncoding() {
		long seed = Long.getLong("fuzz.seed", 4711);
		for (int round = 0; round < Integer.getInteger("fuzz.rounds", 3_000); round++) {
			Random random = new Random(seed + round);
			String secret = "xy" + text(random, random.nextInt(60)) + "zy";
			Encoding encoding = Encoding.values()[random.nextInt(Encoding.values().length)];
			String encoded = encoding.encode(secret);
			String text = withoutSecrets(text(random, random.nextInt(40)) + encoded + text(random, random.nextInt(40)),
					secret);
			assertThat(text).as("-Dfuzz.rounds=1 -Dfuzz.seed=%d: %s in %s", seed + round, secret, encoding)
				.doesNotContainIgnoringCase(encoded);
			assertThat(text).contains("***");
		}
	}

	@Test
	void aRandomSecretIsReplacedIfItIsCutOff() {
		long seed = Long.getLong("fuzz.seed", 4711);
		for (int round = 0; round < Integer.getInteger("fuzz.rounds", 3_000); round++) {
			Random random = new Random(seed + round);
			String secret = IntStream.range(0, 5 + random.nextInt(40))
				.mapToObj((i) -> String.valueOf((char) ('!' + random.nextInt(94))))
				.reduce("", String::concat)
				.replaceAll("[%&\\\\+]", "x");
			int cut = 4 + random.nextInt(secret.length() - 4);
			String beginning = secret.substring(0, cut);
			String end = secret.substring(secret.length() - cut);
			assertThat(withoutSecrets("before: " + beginning, secret)).as("%d: %s", seed + round, secret)
				.isEqualTo("before: ***");
			assertThat(withoutSecrets(end + " after", secret)).as("%d: %s", seed + round, secret)
				.isEqualTo("*** after");
			assertThat(withoutSecrets("before: " + beginning + "... after", secret)).as("%d: %s", seed + round, secret)
				.matches("before: \\*\\*\\*\\.* after");
		}
	}

	private static String text(Random random, int length) {
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < length; i++) {
			text.appendCodePoint(switch (random.nextInt(12)) {
				case 0 -> "\"'<>&%\\/+=;#".charAt(random.nextInt(12));
				case 1 -> 0xc0 + random.nextInt(0x200);
				case 2 -> 0x1f600 + random.nextInt(40);
				case 3 -> ' ';
				default ->
					"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.".charAt(random.nextInt(65));
			});
		}
		return text.toString();
	}

	@Test
	void partsOfASecretAreReplacedWhereverTheyAre() {
		assertThat(withoutSecrets("x1234567y, xabcdefghy and 1234", "1234567-abcdefgh-zzz"))
			.isEqualTo("x1234567y, x***y and ***");
	}

	@Test
	void theRestOfATextStays() {
		String text = "50% of &amp; C:\\new \\u12 %zz %e4 &#xffffffff; &; &unknown; \ud83d";
		assertThat(withoutSecrets(text, "hush-hush")).isEqualTo(text);
		assertThat(withoutSecrets("", "hush-hush")).isEmpty();
	}

	@Test
	void nothingIsReplacedOutsideOfACall() {
		assertThat(Redaction.withoutSecrets("hush")).isEqualTo("hush");
		assertThat(Redaction.message("hush", 4096)).isEqualTo("hush");
	}

	@Test
	void credentialsInABodyAreSecrets() {
		ImportCredentials credentials = ImportCredentials.builder()
			.password("hush-word")
			.oidc(new OidcProvider("github", "mum-42", null, null))
			.saml(new SamlProvider("corporate", "shh-17", null))
			.build();
		CreateIdentity identity = CreateIdentity.builder()
			.schemaId("customer")
			.traits(Map.of("email", "jane@example.org"))
			.credentials(credentials)
			.build();
		String text = "hush-word mum-42 shh-17 jane@example.org github corporate customer";
		for (Object body : List.of(identity, new BatchPatchIdentities(List.of(new IdentityPatch(identity, null))))) {
			assertThat(ofBody(body, () -> Redaction.withoutSecrets(text)))
				.isEqualTo("*** *** *** jane@example.org github corporate customer");
			assertThat(ofBody(body, () -> Redaction.message(text, 4096)))
				.isEqualTo("*** *** *** *** github corporate customer");
		}
	}

	@Test
	void credentialsInAPatchAreSecrets() {
		for (String json : List.of(
				"[{\"op\":\"add\",\"path\":\"/credentials/password/config\",\"value\":{\"a\":[\"canary\"]}}]",
				"[{\"op\":\"add\",\"path\":\"\",\"value\":{\"credentials\":{\"totp\":\"canary\"}}}]")) {
			List<JsonPatch.Operation> operations = List
				.of(KratosJson.mapper().readValue(json, JsonPatch.Operation[].class));
			assertThat(ofBody(new JsonPatch(operations), () -> Redaction.withoutSecrets("a canary")))
				.isEqualTo("a ***");
		}
	}

	@Test
	void otherValuesOfABodyAreReplacedInMessages() {
		CreateIdentity identity = CreateIdentity.builder()
			.traits(Map.of("name", Map.of("first", "Jane", "state", "Texas"), "phones", List.of("+1 555 0100"), "ssn",
					123456789, "li", "Li"))
			.metadataPublic(Map.of("plan", "golden"))
			.metadataAdmin(Map.of("note", "owes us a lot of money since 2019"))
			.verifiableAddress(VerifiableAddress.email("jane@example.org", true))
			.recoveryAddress(RecoveryAddress.email("joe@example.org"))
			.externalId("crm-17")
			.build();
		String text = "Jane Texas +1 555 0100 123456789 Li golden owes us a lot of money jane@example.org joe@example.org "
				+ "crm-17 email";
		assertThat(ofBody(identity, () -> Redaction.message(text, 4096)))
			.isEqualTo("*** *** +*** *** Li *** *** *** *** email");
		assertThat(ofBody(identity, () -> Redaction.withoutSecrets(text))).isEqualTo(text);
	}

	@Test
	void aMessageThatIsTooLongIsCutOffAfterItsValuesAreReplaced() {
		String message = ofBody(List.of(), () -> {
			Redaction.addSecrets(List.of("canary-secret"));
			return Redaction.message("x".repeat(90) + " canary-secret canary-secret", 96);
		});
		assertThat(message).isEqualTo("x".repeat(90) + " ***...");
	}

	@Test
	void aTreeIsWithoutSecretsInItsNamesAndValues() {
		JsonNode tree = KratosJson.mapper()
			.readTree("{\"a\":[\"hush\",{\"hush\":1}],\"n\":12345678,\"b\":true,\"c\":null}");
		assertThat(ofBody(List.of(), () -> {
			Redaction.addSecrets(List.of("hush", "12345678"));
			return Redaction.withoutSecrets(tree);
		})).hasToString("{\"a\":[\"***\",{\"***\":1}],\"n\":\"***\",\"b\":true,\"c\":null}");
	}

	@Test
	void aCauseWithoutValuesOfTheCallIsKept() {
		IOException cause = new IOException("Connection reset", new IllegalStateException());
		assertThat(cause(cause)).isSameAs(cause);
	}

	@Test
	void aCauseThatShowsASecretIsReplacedWithItsCauses() {
		IOException deepest = new IOException("hush");
		IllegalStateException cause = new IllegalStateException("outer", new IOException("middle"));
		cause.getCause().addSuppressed(deepest);
		deepest.initCause(cause);
		Throwable redacted = cause(cause);
		assertThat(redacted).hasToString("java.lang.IllegalStateException: outer");
		assertThat(redacted.getStackTrace()).isEqualTo(cause.getStackTrace());
		assertThat(redacted.getCause().getSuppressed()[0]).hasToString("java.io.IOException: ***");
	}

	private static Throwable cause(Throwable cause) {
		return ofBody(List.of(), () -> {
			Redaction.addSecrets(List.of("hush"));
			return Redaction.cause(cause);
		});
	}

	/**
	 * An error of the maximum size, after a batch of the maximum size: with time that
	 * grows with the square of either, this takes hours.
	 */
	@Test
	void theTimeIsProportionalToTheLength() {
		String name = "a".repeat(1_000);
		BatchPatchIdentities batch = new BatchPatchIdentities(IntStream.range(0, 1_000)
			.mapToObj((i) -> CreateIdentity.builder()
				.traits(Map.of("name", name + i))
				.credentials(ImportCredentials.builder().hashedPassword("$2a$10$" + "a".repeat(50) + i).build())
				.build())
			.map((identity) -> new IdentityPatch(identity, null))
			.toList());
		for (String part : List.of("a", "&amp;", "%25", "\\\\", "\\u0061", "&#")) {
			String text = part.repeat(1_000_000 / part.length());
			assertTimeoutPreemptively(Duration.ofMinutes(1), () -> ofBody(batch, () -> {
				Redaction.message(text, 4096);
				return Redaction.withoutSecrets(text);
			}), part);
		}
	}

	/**
	 * An error of the maximum size takes only a part of the time of a call, wherever its
	 * texts are.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "&amp;amp;%2525\\\\\\\\x", "%26amp;%255c5c\\u0026lt;", "&a;", "a" })
	void anErrorOfTheMaximumSizeIsSearchedInLittleTime(String part) {
		String text = part.repeat(1_000_000 / part.length());
		List<String> texts = IntStream.range(0, 1_000).mapToObj((i) -> i + part.repeat(1_000 / part.length())).toList();
		Map<String, String> properties = texts.stream().collect(Collectors.toMap((each) -> each, (each) -> ""));
		CreateIdentity identity = CreateIdentity.builder()
			.traits(Map.of("email", "jane@example.org"))
			.credentials(ImportCredentials.builder().password("hush-word").build())
			.build();
		for (Object error : List.of(Map.of("reason", text), Map.of("details", Map.of("texts", texts)), properties)) {
			String json = KratosJson.mapper().writeValueAsString(error);
			ThreadMXBean threads = ManagementFactory.getThreadMXBean();
			long start = threads.getCurrentThreadCpuTime();
			ofBody(identity, () -> new KratosException("createIdentity", 400,
					KratosJson.mapper().readValue(json, KratosError.class)));
			assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - start)).isLessThan(Duration.ofSeconds(3));
		}
	}

	@Test
	void veryLongTextsAreCutOffAfterRedaction() {
		String word = "x".repeat(128 * 1024 - 4);
		assertThat(withoutSecrets(word + "canary-secret and more", "canary-secret")).isEqualTo(word + "***...");
		JsonNode tree = KratosJson.mapper().valueToTree(List.of(word, "canary-secret", "more", 7));
		assertThat(ofBody(List.of(), () -> {
			Redaction.addSecrets(List.of("canary-secret"));
			return Redaction.withoutSecrets(tree);
		})).isEqualTo(KratosJson.mapper().valueToTree(List.of(word, "***...", "...", "...")));
	}

	private static <T> T ofBody(Object body, Supplier<T> action) {
		AtomicReference<T> result = new AtomicReference<>();
		Redaction.ofBody(() -> body, () -> result.set(action.get()));
		return result.get();
	}

	private static String withoutSecrets(String text, String... secrets) {
		return ofBody(List.of(), () -> {
			Redaction.addSecrets(Stream.of(secrets).toList());
			return Redaction.withoutSecrets(text);
		});
	}

}
