package io.github.kratosadmin.internal.redaction;

import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;

import io.github.kratosadmin.error.KratosError;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.testing.Samples;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks which fields {@code toString()} shows. All public types are found by reflection.
 * Each new field must be added here if it may be shown, or be left out of the text.
 */
class ShownTests {

	private static final Samples SAMPLES = new Samples((component) -> false, Map.of());

	/**
	 * The fields that may be shown: ids, names of types, states and the like, which are
	 * not personal, and the description of a failure by Kratos.
	 */
	private static final List<String> SHOWN = List.of("Anchor.id", "ClientStatistics.clientName",
			"ClientStatistics.pathPrefix", "Consistency.value", "ContinueWith.action", "CourierMessage.id",
			"CourierMessage.templateType", "CourierMessageStatus.value", "CourierMessageType.value",
			"CreateIdentity.schemaId", "CreateRecoveryCode.identityId", "CreateRecoveryLink.identityId",
			"CreateTestLoginFlow.providerId", "CredentialsType.value", "Division.id", "Flow.id", "FlowType.value",
			"HealthStatus.status", "Identity.id", "Identity.schemaId", "IdentityCredentials.type",
			"IdentityPatch.patchId", "IdentityPatchResult.action", "IdentityPatchResult.identity",
			"IdentityPatchResult.patchId", "IdentityRegion.value", "IdentitySchemaContainer.id", "IdentityState.value",
			"Image.id", "ImportResult.id", "Input.name", "Input.type", "ListIdentities.ids",
			"ListIdentities.organizationId", "LoginFlow.active", "LoginFlow.id", "LoginFlow.state",
			"LoginFlowTestContext.providerId", "ManageSessionsAction.value", "MessageDispatch.id",
			"MessageDispatch.status", "OffboardResult.identityId", "OidcProvider.provider", "Operation.op",
			"Operation.path", "OperationResult.outcome", "OperationResult.requestId", "Page.items",
			"Page.nextPageToken", "Readiness.errors", "Readiness.message", "RecoveryAddress.id", "RecoveryAddress.via",
			"RecoveryFlow.active", "RecoveryFlow.id", "RecoveryFlow.state", "RegistrationFlow.active",
			"RegistrationFlow.id", "RegistrationFlow.state", "ResolvedRow.identityId", "SamlProvider.provider",
			"SchemaValidationError.path", "Script.id", "Script.src", "SelfServiceError.id",
			"Session.authenticatorAssuranceLevel", "Session.id", "SessionAuthenticationMethod.aal",
			"SessionAuthenticationMethod.method", "SessionAuthenticationMethod.organization",
			"SessionAuthenticationMethod.provider", "SessionAuthenticationMethod.upstreamAcr",
			"SessionAuthenticationMethod.upstreamAmr", "SessionDevice.id", "SessionExpand.value", "SettingsFlow.active",
			"SettingsFlow.id", "SettingsFlow.state", "StepError.reason", "StepError.step", "Text.id",
			"TlsSettings.ciphers", "TlsSettings.protocols", "UiContainer.action", "UiContainer.method",
			"UiNode.attributes", "UiNode.group", "UiNode.type", "UiText.type", "UpdateIdentity.schemaId",
			"VerifiableAddress.id", "VerifiableAddress.status", "VerifiableAddress.via", "VerificationFlow.active",
			"VerificationFlow.id", "VerificationFlow.state", "Version.version", "WebAuthnCredential.attestationType");

	@Test
	void aRecordShowsNothingElse() {
		List<? extends Class<?>> records = Samples.types(Class::isRecord);
		assertThat(records).hasSizeGreaterThan(50);
		Set<String> shown = new TreeSet<>();
		for (Class<?> type : records) {
			Samples.CANARY.matcher(Samples.of(type).toString())
				.results()
				.map((found) -> found.group(1))
				.forEach(shown::add);
		}
		assertThat(shown).containsExactlyElementsOf(SHOWN);
	}

	@Test
	void aFailureOnlyShowsTheGeneralTextsOfKratos() throws Exception {
		List<? extends Class<?>> types = Samples.types(KratosException.class::isAssignableFrom);
		assertThat(types).hasSizeGreaterThan(12);
		for (Class<?> type : types) {
			for (Constructor<?> constructor : type.getConstructors()) {
				Object[] values = Arrays.stream(constructor.getParameterTypes())
					.map((parameter) -> (parameter == Throwable.class) ? new IllegalStateException("cause")
							: SAMPLES.value(parameter, parameter.getSimpleName()))
					.toArray();
				assertThat(Samples.CANARY.matcher(constructor.newInstance(values).toString())
					.results()
					.map(ShownTests::name)).as(type.getName())
					.isSubsetOf("String", "KratosError.id", "KratosError.message", "KratosError.reason",
							"KratosError.request");
			}
		}
	}

	private static String name(MatchResult found) {
		return found.group(1);
	}

	@Test
	void otherTypesHaveNoTextOfTheirOwn() {
		assertThat(Samples.types((type) -> !type.isRecord() && !type.isInterface())).filteredOn(ShownTests::hasText)
			.extracting((type) -> (Object) type.getSimpleName())
			.containsExactlyInAnyOrder("IdentityPath");
	}

	private static boolean hasText(Class<?> type) {
		return Arrays.stream(type.getDeclaredMethods()).anyMatch((method) -> method.getName().equals("toString"));
	}

}
