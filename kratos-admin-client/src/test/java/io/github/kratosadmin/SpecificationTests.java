package io.github.kratosadmin;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.github.kratosadmin.internal.json.KratosJson;
import io.github.kratosadmin.internal.operation.KratosVersion;
import io.github.kratosadmin.internal.operation.Operation;
import io.github.kratosadmin.recovery.CreateRecoveryCode;
import io.github.kratosadmin.recovery.CreateRecoveryLink;
import io.github.kratosadmin.selfservice.UiNode;
import io.github.kratosadmin.selfservice.UiNodeAttributes;
import io.github.kratosadmin.testing.Operations;
import io.github.kratosadmin.testing.Specification;
import io.github.kratosadmin.testing.SpecificationComparison;
import io.github.kratosadmin.version.SinceKratos;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares the client with the specifications in {@code src/test/resources/specification}
 * in both directions: operations, parameters, fields, and values that are constants.
 * {@code docs/adding-an-operation.md} says where to get the specification of the next
 * version of Kratos.
 */
class SpecificationTests {

	private static final String AFTER = "after ";

	private static final String SAME_AS_PER_PAGE = "another name of 'per_page', which older versions support too";

	private static final String SAME_AS_PAGE = "another form of 'page', which older versions support too";

	private static final String OLDER_PAGING = "for 0.11, which has numbered pages";

	private static final String OF_SESSIONS_ONLY = "a method of sessions, and no type of credentials";

	/**
	 * What a specification has and the client does not, with the reason.
	 */
	private static final Map<String, String> LEFT_OUT = Map.ofEntries(
			entry("getSelfServiceError?id", "sent as 'error', the only name that 0.6 reads"),
			entry("Operation.from", "for patch operations that Kratos rejects"),
			entry("listIdentitySessions?page_size", SAME_AS_PER_PAGE),
			entry("listIdentitySessions?page_token", SAME_AS_PAGE),
			entry("listIdentitySchemas?page_size", SAME_AS_PER_PAGE),
			entry("listIdentitySchemas?page_token", SAME_AS_PAGE), entry("CredentialsType=profile", OF_SESSIONS_ONLY),
			entry("CredentialsType=link_recovery", OF_SESSIONS_ONLY),
			entry("CredentialsType=code_recovery", OF_SESSIONS_ONLY),
			entry("CourierMessageType=phone", "a mistake: Kratos sends and reads 'sms'"),
			entry("Consistency=", "the same as no parameter"));

	/**
	 * What the client has and no specification, with the reason.
	 */
	private static final Map<String, String> ADDED = Map.of("prometheus", "not in the documentation of Kratos",
			"getSelfServiceError?error", "the only name of 'id' that 0.6 reads", "listCourierMessages?page",
			OLDER_PAGING, "listCourierMessages?per_page", OLDER_PAGING, "LoginFlow.forced",
			"up to 0.7, later 'refresh'", "SelfServiceError.errors", "up to 0.6, later 'error'",
			"CourierMessageType=sms", "what Kratos sends and reads, instead of 'phone'");

	static List<Specification> specifications() {
		return Specification.all();
	}

	@Test
	void everythingThatIsLeftOutIsInASpecification() {
		Set<String> missing = new TreeSet<>();
		specifications().forEach((specification) -> missing.addAll(missing(specification)));
		assertThat(specifications()).hasSizeGreaterThan(1);
		assertThat(missing).containsAll(LEFT_OUT.keySet());
	}

	private static Set<String> missing(Specification specification) {
		SpecificationComparison comparison = SpecificationComparison.of(specification);
		Set<String> missing = new TreeSet<>(comparison.specified());
		missing.removeAll(comparison.declared());
		return missing;
	}

	@ParameterizedTest
	@MethodSource("specifications")
	void theClientHasEveryOperation(Specification specification) {
		Set<String> missing = new TreeSet<>();
		specification.operations().forEach((name, operation) -> {
			if (methods(name).isEmpty()) {
				missing.add(name + ": " + operation.method() + " " + operation.path());
			}
		});
		assertThat(missing)
			.as("operations in %s.api.json that the client lacks: add each as docs/adding-an-operation.md says",
					specification)
			.isEmpty();
	}

	@ParameterizedTest
	@MethodSource("specifications")
	void everyOperationIsSentAsSpecified(Specification specification) {
		specification.operations().forEach((name, specified) -> {
			for (Method method : methods(name)) {
				Operation operation = Operation.of(method);
				assertThat(operation.httpMethod()).as(name).isEqualToIgnoringCase(specified.method());
				assertThat(operation.uriTemplate()).as(name).isEqualTo(specified.path());
			}
		});
	}

	@ParameterizedTest
	@MethodSource("specifications")
	void theClientHasEveryParameterFieldAndValue(Specification specification) {
		Set<String> missing = missing(specification);
		missing.removeAll(LEFT_OUT.keySet());
		assertThat(missing)
			.as("parameters, fields and values in %s.api.json that the client lacks: declare each, in a request with"
					+ " @SinceKratos, as docs/adding-an-operation.md says; or give the reason in LEFT_OUT of this test",
					specification)
			.isEmpty();
	}

	@Test
	void theClientHasNothingThatNoSpecificationHas() {
		Set<String> added = new TreeSet<>();
		Set<String> specified = new TreeSet<>();
		for (Specification specification : specifications()) {
			SpecificationComparison comparison = SpecificationComparison.of(specification);
			added.addAll(comparison.declared());
			specified.addAll(comparison.specified());
			specified.addAll(specification.operations().keySet());
		}
		Operations.all().map(Method::getName).forEach(added::add);
		added.removeAll(specified);
		assertThat(added)
			.as("what the client has, but no specification: remove it, or say in ADDED of this test which versions have it")
			.isEqualTo(new TreeSet<>(ADDED.keySet()));
	}

	@ParameterizedTest
	@MethodSource("specifications")
	void aRequestNeedsTheVersionThatHasIt(Specification specification) {
		SpecificationComparison comparison = SpecificationComparison.of(specification);
		Set<String> operations = specification.operations().keySet();
		Set<String> wrong = new TreeSet<>();
		comparison.requested()
			.forEach((name, since) -> wrong
				.addAll(wrongVersion(specification, name, comparison.specified().contains(name), since.orElse(null))));
		Operations.all()
			.forEach((method) -> wrong.addAll(wrongVersion(specification, method.getName(),
					operations.contains(method.getName()), method.getAnnotation(SinceKratos.class))));
		assertThat(wrong).as("@SinceKratos does not match %s.api.json: correct the annotation", specification)
			.isEmpty();
	}

	private static List<String> wrongVersion(Specification specification, String name, boolean specified,
			SinceKratos since) {
		KratosVersion version = specification.version();
		if (version == null || ADDED.containsKey(name)) {
			return List.of();
		}
		boolean needsNewer = isNewer(since, version);
		if (specified && (needsNewer || (since != null && since.value().startsWith(AFTER)))) {
			return List
				.of(name + " is in it: write \"" + version + "\" or an earlier version, not \"" + since.value() + "\"");
		}
		return (specified || needsNewer) ? List.of() : List.of(name + " is not in it: write a later version");
	}

	private static boolean isNewer(SinceKratos since, KratosVersion version) {
		String value = (since != null) ? since.value() : "0.6";
		boolean after = value.startsWith(AFTER);
		KratosVersion first = KratosVersion.parse(after ? value.substring(AFTER.length()) : value);
		return after ? version.compareTo(first) <= 0 : version.compareTo(first) < 0;
	}

	@ParameterizedTest
	@MethodSource("specifications")
	void theAttributesOfEveryTypeOfNodeAreRead(Specification specification) {
		JsonNode types = specification.schema("uiNode").at("/properties/type/enum");
		assertThat(types).isNotEmpty()
			.allSatisfy((type) -> assertThat(KratosJson.mapper()
				.readValue("{\"type\":" + type + ",\"attributes\":{}}", UiNode.class)
				.attributes())
				.as("attributes of the node type %s in %s.api.json: add a record to UiNodeAttributes", type,
						specification)
				.isNotInstanceOf(UiNodeAttributes.Unknown.class));
	}

	@ParameterizedTest
	@MethodSource("specifications")
	void aDurationIsWrittenAsSpecified(Specification specification) {
		for (Duration duration : List.of(Duration.ofNanos(1), Duration.ofMillis(1500), Duration.ofMinutes(90),
				Duration.ofDays(3), Duration.ofSeconds(3661, 1_002_003))) {
			assertMatches(specification, "createRecoveryLinkForIdentityBody",
					CreateRecoveryLink.builder("x").expiresIn(duration).build());
			assertMatches(specification, "createRecoveryCodeForIdentityBody",
					CreateRecoveryCode.builder("x").expiresIn(duration).build());
		}
	}

	private static void assertMatches(Specification specification, String schema, Object body) {
		String pattern = specification.schema(schema).at("/properties/expires_in/pattern").asString();
		assertThat(KratosJson.mapper().valueToTree(body).path("expires_in").asString()).matches(pattern);
	}

	private static List<Method> methods(String name) {
		return Operations.all().filter((method) -> method.getName().equals(name)).toList();
	}

}
