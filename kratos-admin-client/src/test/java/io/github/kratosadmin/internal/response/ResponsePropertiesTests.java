package io.github.kratosadmin.internal.response;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.courier.CourierMessage;
import io.github.kratosadmin.courier.MessageDispatch;
import io.github.kratosadmin.error.KratosError;
import io.github.kratosadmin.identity.BatchPatchIdentitiesResult;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.IdentityCredentials;
import io.github.kratosadmin.identity.RecoveryAddress;
import io.github.kratosadmin.identity.VerifiableAddress;
import io.github.kratosadmin.recovery.RecoveryCode;
import io.github.kratosadmin.recovery.RecoveryLink;
import io.github.kratosadmin.schema.IdentitySchemaContainer;
import io.github.kratosadmin.selfservice.ContinueWith;
import io.github.kratosadmin.selfservice.LoginFlow;
import io.github.kratosadmin.selfservice.RecoveryFlow;
import io.github.kratosadmin.selfservice.RegistrationFlow;
import io.github.kratosadmin.selfservice.SelfServiceError;
import io.github.kratosadmin.selfservice.SettingsFlow;
import io.github.kratosadmin.selfservice.UiContainer;
import io.github.kratosadmin.selfservice.UiNode;
import io.github.kratosadmin.selfservice.UiNodeAttributes;
import io.github.kratosadmin.selfservice.UiText;
import io.github.kratosadmin.selfservice.VerificationFlow;
import io.github.kratosadmin.session.Session;
import io.github.kratosadmin.session.SessionAuthenticationMethod;
import io.github.kratosadmin.session.SessionDevice;
import io.github.kratosadmin.testing.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that every property of the responses of Kratos 26.2.0 has an accessor.
 * {@code responses-v26.2.0.json} is generated from Kratos's OpenAPI document. It lists
 * the schemas of the responses, each with its properties or, for a {@code oneOf}, with
 * its alternatives. A property has the schema of its value or elements if that is listed.
 */
class ResponsePropertiesTests {

	private static final Map<String, Class<?>> TYPES = Map.ofEntries(
			entry("batchPatchIdentitiesResponse", BatchPatchIdentitiesResult.class),
			entry("continueWith", ContinueWith.class), entry("continueWithRecoveryUi", ContinueWith.class),
			entry("continueWithRecoveryUiFlow", ContinueWith.Flow.class),
			entry("continueWithRedirectBrowserTo", ContinueWith.class),
			entry("continueWithSetOrySessionToken", ContinueWith.class),
			entry("continueWithSettingsUi", ContinueWith.class),
			entry("continueWithSettingsUiFlow", ContinueWith.Flow.class),
			entry("continueWithVerificationUi", ContinueWith.class),
			entry("continueWithVerificationUiFlow", ContinueWith.Flow.class),
			entry("flowError", SelfServiceError.class), entry("genericError", KratosError.class),
			entry("identity", Identity.class), entry("identityCredentials", IdentityCredentials.class),
			entry("identityPatchResponse", BatchPatchIdentitiesResult.IdentityPatchResult.class),
			entry("identitySchemaContainer", IdentitySchemaContainer.class), entry("loginFlow", LoginFlow.class),
			entry("message", CourierMessage.class), entry("messageDispatch", MessageDispatch.class),
			entry("recoveryCodeForIdentity", RecoveryCode.class), entry("recoveryFlow", RecoveryFlow.class),
			entry("recoveryIdentityAddress", RecoveryAddress.class),
			entry("recoveryLinkForIdentity", RecoveryLink.class), entry("registrationFlow", RegistrationFlow.class),
			entry("session", Session.class), entry("sessionAuthenticationMethod", SessionAuthenticationMethod.class),
			entry("sessionDevice", SessionDevice.class), entry("settingsFlow", SettingsFlow.class),
			entry("uiContainer", UiContainer.class), entry("uiNode", UiNode.class),
			entry("uiNodeAttributes", UiNodeAttributes.class),
			entry("uiNodeAnchorAttributes", UiNodeAttributes.Anchor.class),
			entry("uiNodeDivisionAttributes", UiNodeAttributes.Division.class),
			entry("uiNodeImageAttributes", UiNodeAttributes.Image.class),
			entry("uiNodeInputAttributes", UiNodeAttributes.Input.class),
			entry("uiNodeScriptAttributes", UiNodeAttributes.Script.class),
			entry("uiNodeTextAttributes", UiNodeAttributes.Text.class), entry("uiNodeMeta", UiNode.Meta.class),
			entry("uiText", UiText.class), entry("verifiableIdentityAddress", VerifiableAddress.class),
			entry("verificationFlow", VerificationFlow.class));

	private static final JsonNode SCHEMAS = read();

	private static JsonNode read() {
		return Recording.MAPPER.readTree(ResponsePropertiesTests.class.getResourceAsStream("/responses-v26.2.0.json"));
	}

	static Stream<String> schemas() {
		return SCHEMAS.propertyStream().map(Map.Entry::getKey);
	}

	@Test
	void everySchemaHasAType() {
		assertThat(schemas()).containsExactlyInAnyOrderElementsOf(TYPES.keySet());
	}

	@ParameterizedTest
	@MethodSource("schemas")
	void everyPropertyHasAnAccessor(String schema) {
		JsonNode properties = SCHEMAS.get(schema);
		if (properties.isArray()) {
			assertThat(properties)
				.allSatisfy((one) -> assertThat(TYPES.get(schema)).isAssignableFrom(TYPES.get(one.stringValue())));
			return;
		}
		Class<?> type = TYPES.get(schema);
		properties.forEachEntry((name, of) -> {
			RecordComponent component = component(type, name);
			if (!of.isNull()) {
				assertThat(elementType(component.getGenericType())).as("%s.%s", schema, name)
					.isEqualTo(TYPES.get(of.stringValue()));
			}
		});
	}

	private static RecordComponent component(Class<?> type, String name) {
		return Arrays.stream(type.getRecordComponents())
			.filter((component) -> component.getAccessor().getAnnotation(JsonProperty.class).value().equals(name))
			.findFirst()
			.orElseThrow(() -> new AssertionError(type.getSimpleName() + " has no accessor for " + name));
	}

	private static Type elementType(Type type) {
		if (type instanceof ParameterizedType generic) {
			Type[] arguments = generic.getActualTypeArguments();
			return arguments[arguments.length - 1];
		}
		return type;
	}

}
