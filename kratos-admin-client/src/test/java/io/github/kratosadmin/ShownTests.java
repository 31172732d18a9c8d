package io.github.kratosadmin;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.kratosadmin.error.KratosError;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.json.KratosJson;
import io.github.kratosadmin.selfservice.UiNodeAttributes;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code toString()} shows of every public type, found by reflection: whoever adds a
 * field must say here that it may be shown, or leave it out.
 */
class ShownTests {

	private static final Pattern CANARY = Pattern.compile("<<(.*?)>>");

	/**
	 * All that may be shown: ids, names of types, states and the like, which say nothing
	 * about a person; and what Kratos says of a failure.
	 */
	private static final List<String> SHOWN = List.of("Anchor.id", "Consistency.value", "ContinueWith.action",
			"CourierMessage.id", "CourierMessage.templateType", "CourierMessageStatus.value",
			"CourierMessageType.value", "CreateIdentity.schemaId", "CreateRecoveryCode.identityId",
			"CreateRecoveryLink.identityId", "CredentialsType.value", "Division.id", "Flow.id", "FlowType.value",
			"HealthStatus.status", "Identity.id", "Identity.schemaId", "IdentityCredentials.type",
			"IdentityPatch.patchId", "IdentityPatchResult.action", "IdentityPatchResult.identity",
			"IdentityPatchResult.patchId", "IdentitySchemaContainer.id", "IdentityState.value", "Image.id",
			"ImportResult.id", "Input.name", "Input.type", "KratosError.id", "KratosError.message",
			"KratosError.reason", "KratosError.request", "KratosError.status", "ListIdentities.ids",
			"ListIdentities.organizationId", "ListPosition.lastId", "LoginFlow.active", "LoginFlow.id",
			"LoginFlow.state", "MessageDispatch.id", "MessageDispatch.status", "OidcProvider.provider", "Operation.op",
			"Operation.path", "Page.items", "Page.nextPageToken", "Readiness.errors", "Readiness.message",
			"RecoveryAddress.id", "RecoveryAddress.via", "RecoveryFlow.active", "RecoveryFlow.id", "RecoveryFlow.state",
			"RegistrationFlow.active", "RegistrationFlow.id", "RegistrationFlow.state", "SamlProvider.provider",
			"Script.id", "Script.src", "SelfServiceError.id", "Session.authenticatorAssuranceLevel", "Session.id",
			"SessionAuthenticationMethod.aal", "SessionAuthenticationMethod.method",
			"SessionAuthenticationMethod.organization", "SessionAuthenticationMethod.provider", "SessionDevice.id",
			"SessionExpand.value", "SettingsFlow.active", "SettingsFlow.id", "SettingsFlow.state", "Text.id",
			"TlsSettings.ciphers", "TlsSettings.protocols", "UiContainer.action", "UiContainer.method",
			"UiNode.attributes", "UiNode.group", "UiNode.type", "UiText.type", "UpdateIdentity.schemaId",
			"VerifiableAddress.id", "VerifiableAddress.status", "VerifiableAddress.via", "VerificationFlow.active",
			"VerificationFlow.id", "VerificationFlow.state", "Version.version");

	private static List<? extends Class<?>> types(Predicate<Class<?>> which) {
		return new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
			.importPackages("io.github.kratosadmin")
			.stream()
			.map(JavaClass::reflect)
			.filter((type) -> isPublic(type) && which.test(type))
			.toList();
	}

	private static boolean isPublic(Class<?> type) {
		Class<?> outer = type.getEnclosingClass();
		return Modifier.isPublic(type.getModifiers()) && (outer == null || isPublic(outer));
	}

	@Test
	void aRecordShowsNothingElse() {
		List<? extends Class<?>> records = types(Class::isRecord);
		assertThat(records).hasSizeGreaterThan(50);
		Set<String> shown = new TreeSet<>();
		for (Class<?> type : records) {
			CANARY.matcher(of(type, type.getSimpleName()).toString())
				.results()
				.map((found) -> found.group(1))
				.forEach(shown::add);
		}
		assertThat(shown).containsExactlyElementsOf(SHOWN);
	}

	@Test
	void aFailureShowsWhatKratosSaysInGeneralOnly() throws Exception {
		List<? extends Class<?>> types = types(KratosException.class::isAssignableFrom);
		assertThat(types).hasSizeGreaterThan(12);
		for (Class<?> type : types) {
			for (Constructor<?> constructor : type.getConstructors()) {
				Object[] values = Arrays.stream(constructor.getParameterTypes())
					.map((parameter) -> (parameter == Throwable.class) ? new IllegalStateException("cause")
							: value(parameter, parameter.getSimpleName()))
					.toArray();
				assertThat(CANARY.matcher(constructor.newInstance(values).toString()).results().map(ShownTests::name))
					.as(type.getName())
					.isSubsetOf("String", "KratosError.id", "KratosError.message", "KratosError.reason",
							"KratosError.request");
			}
		}
	}

	private static String name(MatchResult found) {
		return found.group(1);
	}

	@Test
	void whatIsNoRecordHasNoTextOfItsOwn() {
		assertThat(types((type) -> !type.isRecord() && !type.isInterface())).filteredOn(ShownTests::hasText)
			.extracting((type) -> (Object) type.getSimpleName())
			.containsExactlyInAnyOrder("IdentityPath");
	}

	private static boolean hasText(Class<?> type) {
		return Arrays.stream(type.getDeclaredMethods()).anyMatch((method) -> method.getName().equals("toString"));
	}

	private static Object of(Class<?> type, String name) {
		RecordComponent[] components = type.getRecordComponents();
		Object[] values = Arrays.stream(components)
			// A page token is checked, and says nothing about a person.
			.map((component) -> component.getName().equals("pageToken") ? null
					: value(component.getGenericType(), name + "." + component.getName()))
			.toArray();
		try {
			return type
				.getDeclaredConstructor(
						Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new))
				.newInstance(values);
		}
		catch (InvocationTargetException ex) {
			throw new IllegalStateException(type + " cannot be made", ex.getCause());
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(type + " cannot be made", ex);
		}
	}

	private static Object value(Type type, String name) {
		String canary = "<<" + name + ">>";
		if (type.getTypeName().startsWith("java.util.function.")) {
			return null;
		}
		if (type instanceof ParameterizedType generic) {
			Type[] of = generic.getActualTypeArguments();
			return (generic.getRawType() == Map.class) ? Map.of(canary + "key", value(of[1], name))
					: List.of(value(of[0], name));
		}
		if (type == JsonNode.class) {
			return KratosJson.mapper().valueToTree(Map.of(canary, canary));
		}
		if (type instanceof Class<?> plain && plain.isRecord()) {
			return of(plain, plain.getSimpleName());
		}
		if (type instanceof Class<?> plain && plain.isEnum()) {
			return plain.getEnumConstants()[0];
		}
		return Stream
			.of(canary, 1, 1L, true, Duration.ofSeconds(1), Instant.EPOCH, StringNode.valueOf(canary),
					new IllegalStateException("failure"), new KratosException("x", 500, KratosError.NONE), sslContext(),
					new UiNodeAttributes.Text(canary, null, null, Map.of()))
			.filter((value) -> boxed((Class<?>) ((type instanceof Class<?>) ? type : String.class)).isInstance(value))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("no value for " + type));
	}

	private static Class<?> boxed(Class<?> type) {
		return Map
			.<Class<?>, Class<?>>of(int.class, Integer.class, long.class, Long.class, boolean.class, Boolean.class)
			.getOrDefault(type, type);
	}

	private static SSLContext sslContext() {
		try {
			return SSLContext.getDefault();
		}
		catch (java.security.NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
