package io.github.kratosadmin.test.embedded.internal.schema;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.text.GoText;
import io.github.kratosadmin.test.embedded.internal.text.Identifiers;
import io.github.kratosadmin.test.embedded.internal.text.Json;
import io.github.kratosadmin.test.embedded.internal.text.PhoneNumbers;
import tools.jackson.databind.JsonNode;

/**
 * The identifiers and addresses that the {@code ory.sh/kratos} extension of a schema
 * marks in traits.
 */
public final class ExtensionValues {

	private static final String CODE = "code";

	private final KratosEra era;

	private final Map<String, Set<String>> identifiers = new LinkedHashMap<>();

	private final Map<String, String> codeChannels = new LinkedHashMap<>();

	private final Set<Address> verifiable = new LinkedHashSet<>();

	private final Set<Address> recovery = new LinkedHashSet<>();

	private final Map<String, String> phones = new LinkedHashMap<>();

	private JsonNode traits = Json.object();

	ExtensionValues(KratosEra era) {
		this.era = era;
	}

	/**
	 * Adds a trait.
	 * @param extension the extension of the trait's schema
	 * @param format the format of the trait's schema, possibly missing
	 * @param value the value of the trait
	 * @param location the JSON pointer of the trait
	 * @param problems collects the problems of the trait
	 */
	void add(JsonNode extension, JsonNode format, JsonNode value, String location, Consumer<String> problems) {
		if (value.isString() && isPhone(extension)) {
			addPhone(location, value.asString());
		}
		JsonNode credentials = extension.path("credentials");
		for (String type : SchemaRules.credentialsWithIdentifiers(this.era)) {
			if (credentials.path(type).path("identifier").asBoolean(false)) {
				addIdentifier(type, credentials.path(type), format, GoText.of(value), problems);
			}
		}
		addVerifiable(extension.path("verification").path("via").asString(""), format, value, problems);
		addRecovery(extension.path("recovery").path("via").asString(""), format, value, problems);
	}

	private static boolean isPhone(JsonNode extension) {
		JsonNode code = extension.at("/credentials/code");
		return (code.path("identifier").asBoolean(false) && code.path("via").asString("").equals("sms"))
				|| extension.at("/recovery/via").asString("").equals("sms")
				|| extension.at("/verification/via").asString("").equals("sms");
	}

	private void addPhone(String location, String value) {
		try {
			this.phones.put(location, Identifiers.address("sms", value));
		}
		catch (IllegalArgumentException ex) {
			// The trait stays as it is, and is refused where it is used.
			this.phones.remove(location);
		}
	}

	private void addIdentifier(String type, JsonNode credential, JsonNode format, String value,
			Consumer<String> problems) {
		String identifier = Identifiers.normalizesCharacters(this.era) ? Identifiers.normalize(value, this.era)
				: GoText.lower(value);
		if (type.equals(CODE)) {
			String channel = credential.path("via").asString("");
			try {
				identifier = addressOfCode(channel, format.asString(""), value);
			}
			catch (IllegalArgumentException ex) {
				problems.accept(String.valueOf(ex.getMessage()));
				return;
			}
			this.codeChannels.put(identifier, channel);
		}
		this.identifiers.computeIfAbsent(type, (key) -> new LinkedHashSet<>()).add(identifier);
	}

	private String addressOfCode(String channel, String format, String value) {
		return switch (channel) {
			case "email" -> Identifiers.normalizesCharacters(this.era) && isEmailFormat(format)
					? Identifiers.address(channel, value) : Identifiers.normalize(value, this.era);
			case "sms" -> Identifiers.normalizesCharacters(this.era) ? Identifiers.address(channel, value)
					: PhoneNumbers.format(value);
			default -> throw new IllegalArgumentException("channel type \"" + channel + "\" must be one of email, sms");
		};
	}

	private static boolean isEmailFormat(String format) {
		return format.isEmpty() || format.equals("email");
	}

	private void addVerifiable(String via, JsonNode format, JsonNode value, Consumer<String> problems) {
		if (SchemaRules.verifiesByFormat(this.era)) {
			if (via.isEmpty() || (!format.isMissingNode() && !format.isString())) {
				return;
			}
			if (format.asString("").isEmpty()) {
				if (!via.equals("email")) {
					problems.accept("no format specified. A format is required if verification is enabled. "
							+ "If this was intentional, please set \"format\" to \"no-validate\"");
					return;
				}
				if (!isEmail(value, problems)) {
					return;
				}
			}
			String text = GoText.of(value);
			if (Identifiers.normalizesCharacters(this.era) && format.asString("").matches("|email|tel")) {
				addNormalized(via, text, this.verifiable, () -> problems.accept(
						"\"%s\" can not be normalized for format \"%s\"".formatted(text, format.asString("email"))));
				return;
			}
			boolean email = format.asString("email").matches("|email");
			this.verifiable.add(new Address(via, email ? GoText.normalize(text) : GoText.trim(text)));
			return;
		}
		if (via.equals("phone") && SchemaRules.verifiesPhones(this.era)) {
			addPhone(via, "phone", value, problems, this.verifiable);
		}
		else {
			addEmail("verification", via, value, problems, this.verifiable);
		}
	}

	private static void addNormalized(String via, String value, Set<Address> addresses, Runnable problem) {
		try {
			addresses.add(new Address(via, Identifiers.address(via, value)));
		}
		catch (IllegalArgumentException ex) {
			problem.run();
		}
	}

	private void addRecovery(String via, JsonNode format, JsonNode value, Consumer<String> problems) {
		if (Identifiers.normalizesCharacters(this.era)) {
			String text = GoText.of(value);
			if (via.equals("sms")) {
				addNormalized(via, text, this.recovery,
						() -> problems.accept("\"" + text + "\" is not valid \"tel\" for \"sms\""));
				return;
			}
			if (via.equals("email") && !isEmailFormat(format.asString(""))) {
				this.recovery.add(new Address(via, text));
				return;
			}
		}
		if (via.equals("sms") && SchemaRules.recoversByPhone(this.era)) {
			addPhone(via, "tel", value, problems, this.recovery);
		}
		else {
			addEmail("recovery", via, value, problems, this.recovery);
		}
	}

	private static void addPhone(String via, String format, JsonNode value, Consumer<String> problems,
			Set<Address> addresses) {
		if (value.isString() && SchemaFormats.isPhoneNumber(value.asString())) {
			addresses.add(new Address(via, value.asString()));
		}
		else {
			problems.accept("\"%s\" is not valid \"%s\"".formatted(GoText.of(value), format));
		}
	}

	private void addEmail(String use, String via, JsonNode value, Consumer<String> problems, Set<Address> addresses) {
		if (via.isEmpty()) {
			return;
		}
		if (!via.equals("email")) {
			problems.accept("%s.via has unknown value \"%s\"".formatted(use, via));
		}
		else if (isEmail(value, problems)) {
			addresses.add(new Address(via, value.asString()));
		}
	}

	private boolean isEmail(JsonNode value, Consumer<String> problems) {
		boolean email = value.isString() && Email.isEmail(value.asString());
		if (!email) {
			problems.accept("\"%s\" is not valid \"email\"".formatted(GoText.of(value)));
		}
		return email;
	}

	/**
	 * The identifiers in lower case, by the type of the credentials. Spaces around them
	 * are removed when they are stored.
	 */
	public Map<String, Set<String>> identifiers() {
		return this.identifiers;
	}

	/**
	 * The channels of codes, by identifier.
	 */
	public Map<String, String> codeChannels() {
		return this.codeChannels;
	}

	/**
	 * The phone numbers in the traits by E.164, by their JSON pointers.
	 */
	Map<String, String> phones() {
		return this.phones;
	}

	void setTraits(JsonNode traits) {
		this.traits = traits;
	}

	/**
	 * The traits, with normalized phone numbers in eras that normalize them.
	 */
	public JsonNode traits() {
		return this.traits;
	}

	public Set<Address> verifiable() {
		return this.verifiable;
	}

	public Set<Address> recovery() {
		return this.recovery;
	}

	/**
	 * An address in the traits.
	 *
	 * @param via the channel of messages, such as {@code email}
	 * @param value the address as in the traits, normalized in eras that validate it by
	 * format
	 */
	public record Address(String via, String value) {

	}

}
