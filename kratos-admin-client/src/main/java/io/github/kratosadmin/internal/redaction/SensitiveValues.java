package io.github.kratosadmin.internal.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.github.kratosadmin.internal.json.KratosJson;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The secrets and the personal values of a call. All values of a body are personal,
 * except credentials, which are secret, and fields such as {@code schema_id} and
 * {@code state}, which are neither.
 */
public final class SensitiveValues {

	private static final String CREDENTIALS = "credentials";

	/** Fields of a body that are neither secret nor personal. */
	private static final Set<String> PLAIN_FIELDS = Set.of("schema_id", "state", "patch_id", "op", "path", "via",
			"status", "flow_type", "expires_in");

	/** Fields of credentials that are neither secret nor personal. */
	private static final Set<String> PLAIN_CREDENTIALS_FIELDS = Set.of("type", "provider", "organization");

	/** Fields of a body with data of the application. */
	private static final Set<String> APPLICATION_FIELDS = Set.of("traits", "metadata_public", "metadata_admin",
			"value");

	private final List<String> secrets = new ArrayList<>();

	private final List<String> personal = new ArrayList<>();

	SensitiveValues() {
	}

	/**
	 * Adds a secret.
	 * @param secret the secret
	 */
	public void addSecret(String secret) {
		this.secrets.add(secret);
	}

	/**
	 * Adds a personal value, unless it is too short to distinguish from other text.
	 * @param value the value
	 */
	public void addPersonal(String value) {
		if (value.length() >= ValueMatcher.MIN_LENGTH) {
			this.personal.add(value);
		}
	}

	/**
	 * Adds the values of a body.
	 * @param body the body, as it is passed to an operation
	 */
	public void addBody(Object body) {
		try {
			addBody(KratosJson.mapper().valueToTree(body), false);
		}
		catch (JacksonException ex) {
			// It could not be sent either.
		}
	}

	private void addBody(JsonNode tree, boolean credentials) {
		if (tree.isArray()) {
			tree.forEach((element) -> addBody(element, credentials));
		}
		else if (tree.isObject()) {
			// A JSON Patch may change credentials.
			boolean patched = tree.path("path").asString("").contains("/" + CREDENTIALS);
			tree.propertyStream().forEach((field) -> {
				String name = field.getKey();
				if (APPLICATION_FIELDS.contains(name) && !credentials) {
					addApplicationData(field.getValue(), patched);
				}
				else if (!(credentials ? PLAIN_CREDENTIALS_FIELDS : PLAIN_FIELDS).contains(name)) {
					addBody(field.getValue(), credentials || name.equals(CREDENTIALS));
				}
			});
		}
		else {
			addScalar(tree, credentials);
		}
	}

	private void addApplicationData(JsonNode tree, boolean secret) {
		if (tree.isArray()) {
			tree.forEach((element) -> addApplicationData(element, secret));
		}
		else if (tree.isObject()) {
			tree.propertyStream()
				.forEach((field) -> addApplicationData(field.getValue(), secret || field.getKey().equals(CREDENTIALS)));
		}
		else {
			addScalar(tree, secret);
		}
	}

	private void addScalar(JsonNode scalar, boolean secret) {
		if (scalar.isString() || scalar.isNumber()) {
			if (secret) {
				addSecret(scalar.asString());
			}
			else {
				addPersonal(scalar.asString());
			}
		}
	}

	List<String> secrets() {
		return this.secrets;
	}

	List<String> personal() {
		return this.personal;
	}

}
