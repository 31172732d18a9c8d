package io.github.kratosadmin.test.embedded;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import tools.jackson.databind.JsonNode;

/**
 * What the {@code ory.sh/kratos} extension of a schema finds in traits.
 */
final class ExtensionValues {

	private final Set<String> identifiers = new LinkedHashSet<>();

	private final Set<String> verifiableEmails = new LinkedHashSet<>();

	private final Set<String> recoveryEmails = new LinkedHashSet<>();

	private final List<String> problems = new ArrayList<>();

	/**
	 * Takes in one trait.
	 * @param extension the extension of the trait's schema
	 * @param value the value of the trait
	 * @param location where trait and extension are, for messages
	 */
	void add(JsonNode extension, JsonNode value, String location) {
		if (extension.at("/credentials/password/identifier").asBoolean(false)) {
			this.identifiers.add(value.asString("").toLowerCase(Locale.ROOT));
		}
		addAddress(extension, "verification", value, location, this.verifiableEmails);
		addAddress(extension, "recovery", value, location, this.recoveryEmails);
	}

	private void addAddress(JsonNode extension, String use, JsonNode value, String location, Set<String> addresses) {
		String via = extension.path(use).path("via").asString("");
		if (via.isEmpty()) {
			return;
		}
		if (!via.equals("email")) {
			this.problems.add("%s %s.via has unknown value \"%s\"".formatted(location, use, via));
		}
		else if (!value.isString() || !Email.isEmail(value.asString())) {
			this.problems.add("%s \"%s\" is not valid \"email\"".formatted(location, value.asString("")));
		}
		else {
			addresses.add(value.asString());
		}
	}

	/**
	 * What a person signs in with, in lower case.
	 */
	Set<String> identifiers() {
		return this.identifiers;
	}

	Set<String> verifiableEmails() {
		return this.verifiableEmails;
	}

	Set<String> recoveryEmails() {
		return this.recoveryEmails;
	}

	List<String> problems() {
		return this.problems;
	}

}
