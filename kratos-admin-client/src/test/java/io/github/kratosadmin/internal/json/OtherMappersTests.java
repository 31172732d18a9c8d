package io.github.kratosadmin.internal.json;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.github.kratosadmin.connection.TlsSettings;
import io.github.kratosadmin.identity.ImportIdentities;
import io.github.kratosadmin.identity.JsonPatch;
import io.github.kratosadmin.interceptor.OperationResult;
import io.github.kratosadmin.recovery.RecoveryCode;
import io.github.kratosadmin.recovery.RecoveryLink;
import io.github.kratosadmin.testing.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Checks that mappers of the application write no secrets and no unknown fields, for
 * example when a controller returns a record. All public records are found by reflection.
 * Each new field must be added here if it may be written, or be marked as write-only.
 */
class OtherMappersTests {

	private static final JsonMapper PLAIN = new JsonMapper();

	/** The components of each record that are written: those that are not secret. */
	private static final String WRITTEN = """
			Anchor: href id nodeType
			Attestation: authenticatorData clientDataHash clientDataJson object
			Authenticator: aaguid
			BatchPatchIdentities:
			BatchPatchIdentitiesResult:
			ClientStatistics: clientName pathPrefix
			ConnectionStatistics:
			Consistency: value
			ContinueWith: action
			CourierMessage: channel id recipient templateType
			CourierMessageStatus: value
			CourierMessageType: value
			CreateIdentity: externalId metadataPublic organizationId schemaId traits
			CreateRecoveryCode: identityId
			CreateRecoveryLink: identityId
			CreateTestLoginFlow: providerId
			CredentialsType: value
			DebugPayload:
			Division: cssClass data id nodeType
			Flags:
			Flow: id url verifiableAddress
			FlowType: value
			HealthStatus: status
			Identity: credentials externalId id metadataPublic organizationId schemaId schemaUrl traits
			IdentityCredentials: identifiers type
			IdentityPatch: patchId
			IdentityPatchResult: action identity patchId
			IdentityRegion: value
			IdentitySchemaContainer: id schema
			IdentityState: value
			Image: id nodeType src
			ImportCredentials:
			ImportProgress:
			ImportResult: id
			ImportStatistics:
			ImportSummary:
			Input: autocomplete name nodeType onclick onclickTrigger onload onloadTrigger pattern type value
			Invitation:
			JsonPatch:
			KratosError: details id message reason request status
			ListCourierMessages: recipient
			ListIdentities: credentialsIdentifier ids organizationId previewCredentialsIdentifierSimilar
			ListIdentitySchemas:
			ListIdentitySessions:
			ListSessions:
			LoginFlow: active id identitySchema organizationId requestedAal returnTo state
			LoginFlowTestContext: providerId
			LookupSecret:
			LookupSecretCode:
			LookupSecretConfig:
			ManageSessions:
			ManageSessionsAction: value
			ManageSessionsResult:
			MessageDispatch: error id messageId status
			Meta:
			OffboardResult: identityId
			Oidc:
			OidcConfig:
			OidcProvider: organization provider subject
			Operation: op path
			Option: value
			Page: items nextPageToken
			Password:
			PasswordConfig:
			Readiness: errors message
			RecoveryAddress: breakGlassForOrganization id value via
			RecoveryCode:
			RecoveryFlow: active id returnTo state
			RecoveryLink:
			RegistrationFlow: active id identitySchema organizationId returnTo state
			ResolvedRow: identityId
			Saml:
			SamlConfig:
			SamlProvider: organization provider subject
			SchemaValidationError: path
			Script: crossorigin id integrity nodeType nonce referrerpolicy src type
			SelfServiceError: id
			Session: authenticatorAssuranceLevel id
			SessionAuthenticationMethod: aal method organization provider upstreamAcr upstreamAmr
			SessionDevice: id ipAddress location userAgent
			SessionExpand: value
			SettingsFlow: active id organizationId returnTo state
			StepError: reason step
			Text: id nodeType
			Totp:
			TotpConfig:
			UiContainer: action method
			UiNode: attributes group type
			UiText: context text type
			Unknown:
			UnknownRow:
			UpdateIdentity: externalId metadataPublic schemaId traits
			VerifiableAddress: id status value via
			VerificationFlow: active id returnTo state
			Version: version
			WebAuthn:
			WebAuthnConfig:
			WebAuthnCredential: attestationType displayName id publicKey transport
			""";

	/**
	 * Records that are useless without their secret and are not read back: links, codes,
	 * and changes without a value, which would be read as {@code null}.
	 */
	private static final Set<Class<?>> ONLY_WRITTEN = Set.of(RecoveryLink.class, RecoveryCode.class, JsonPatch.class,
			JsonPatch.Operation.class);

	/** Holds functions, an exception or a TLS context: no data. */
	private static final Set<Class<?>> NO_DATA = Set.of(ImportIdentities.class, OperationResult.class,
			TlsSettings.class);

	static Stream<Class<?>> records() {
		return Samples.types(Class::isRecord)
			.stream()
			.filter((type) -> !NO_DATA.contains(type) && !type.getPackageName().contains(".internal"))
			.map(Function.identity());
	}

	static Stream<Class<?>> recordsThatAreReadBack() {
		return records().filter((type) -> !ONLY_WRITTEN.contains(type));
	}

	static Stream<Class<?>> recordsThatKeepUnknownFields() {
		return records().filter((type) -> Arrays.stream(type.getRecordComponents())
			.anyMatch((component) -> component.getName().equals("additionalProperties")));
	}

	@Test
	void secretsAreNotWritten() {
		String written = records()
			.map((type) -> type.getSimpleName() + ": " + String.join(" ", written(type, PLAIN::writeValueAsString)))
			.map(String::strip)
			.sorted()
			.collect(Collectors.joining("\n", "", "\n"));
		assertThat(written).isEqualTo(WRITTEN);
	}

	/**
	 * Jackson 2 writes less, as it cannot write the trees of Jackson 3.
	 */
	@ParameterizedTest
	@MethodSource("records")
	void jackson2WritesNoMore(Class<?> type) throws Exception {
		String json = new ObjectMapper()
			.registerModule(new SimpleModule().addSerializer(Instant.class, ToStringSerializer.instance)
				.addSerializer(Duration.class, ToStringSerializer.instance))
			.writeValueAsString(Samples.of(type));
		String may = WRITTEN.lines().filter((line) -> line.startsWith(type.getSimpleName() + ":")).findFirst().get();
		assertThat(written(type, (value) -> json)).isSubsetOf(may.split("[: ]+"));
		assertThat(json).doesNotContain("additionalProperties");
	}

	private static Set<String> written(Class<?> type, Function<Object, String> mapper) {
		return Samples.CANARY.matcher(mapper.apply(Samples.of(type)))
			.results()
			.map((found) -> found.group(1))
			.filter((name) -> name.startsWith(type.getSimpleName() + "."))
			.map((name) -> name.substring(name.indexOf('.') + 1))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	@ParameterizedTest
	@MethodSource("recordsThatAreReadBack")
	void writtenRecordsAreReadBack(Class<?> type) {
		Map<String, Object> fixed = Map.of("UiNode.type", "text");
		Object full = new Samples((component) -> false, fixed).make(type);
		Object without = new Samples(OtherMappersTests::isSecret, fixed).make(type);
		assertThat((Object) PLAIN.readValue(PLAIN.writeValueAsString(full), type)).isEqualTo(without);
	}

	/**
	 * Checks secrets and unknown fields.
	 */
	@ParameterizedTest
	@MethodSource("recordsThatKeepUnknownFields")
	void theClientsOwnMapperLosesNothing(Class<?> type) {
		JsonMapper wire = KratosJson.mapper();
		Object full = new Samples((component) -> false, Map.of("UiNode.type", "text")).make(type);
		ObjectNode json = wire.readTree(wire.writeValueAsString(full)).asObject().put("not_known", 1);
		assertThat(wire.readTree(wire.writeValueAsString(wire.readValue(json.toString(), type)))).isEqualTo(json);
	}

	@Test
	void aRecordThatIsUselessWithoutItsSecretIsNotReadBack() {
		for (Class<?> type : ONLY_WRITTEN) {
			String json = PLAIN
				.writeValueAsString(new Samples((component) -> false, Map.of("Operation.op", "add")).make(type));
			assertThatException().as(json)
				.isThrownBy(() -> PLAIN.readValue(json, type))
				.withMessageContaining("missing");
		}
	}

	private static boolean isSecret(RecordComponent component) {
		JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
		return property != null && property.access() == JsonProperty.Access.WRITE_ONLY;
	}

}
