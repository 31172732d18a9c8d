package io.github.kratosadmin.test.embedded.internal.schema;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.text.GoText;
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

	ExtensionValues(KratosEra era) {
		this.era = era;
	}

	/**
	 * Adds a trait.
	 * @param extension the extension of the trait's schema
	 * @param format the format of the trait's schema, possibly missing
	 * @param value the value of the trait
	 * @param problems collects the problems of the trait
	 */
	void add(JsonNode extension, JsonNode format, JsonNode value, Consumer<String> problems) {
		JsonNode credentials = extension.path("credentials");
		for (String type : SchemaRules.credentialsWithIdentifiers(this.era)) {
			if (credentials.path(type).path("identifier").asBoolean(false)) {
				addIdentifier(type, credentials.path(type), GoText.of(value), problems);
			}
		}
		addVerifiable(extension.path("verification").path("via").asString(""), format, value, problems);
		addRecovery(extension.path("recovery").path("via").asString(""), value, problems);
	}

	private void addIdentifier(String type, JsonNode credential, String value, Consumer<String> problems) {
		String identifier = GoText.lower(value);
		if (type.equals(CODE)) {
			String channel = credential.path("via").asString("");
			try {
				identifier = addressOfCode(channel, value);
			}
			catch (IllegalArgumentException ex) {
				problems.accept(String.valueOf(ex.getMessage()));
				return;
			}
			this.codeChannels.put(identifier, channel);
		}
		this.identifiers.computeIfAbsent(type, (key) -> new LinkedHashSet<>()).add(identifier);
	}

	private static String addressOfCode(String channel, String value) {
		return switch (channel) {
			case "email" -> GoText.normalize(value);
			case "sms" -> phoneNumber(value);
			default -> throw new IllegalArgumentException("channel type \"" + channel + "\" must be one of email, sms");
		};
	}

	private static String phoneNumber(String value) {
		PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
		try {
			PhoneNumber number = numbers.parse(value, null);
			if (!numbers.isValidNumber(number)) {
				throw new IllegalArgumentException("the provided number is not a valid phone number");
			}
			return numbers.format(number, PhoneNumberFormat.E164);
		}
		catch (NumberParseException ex) {
			throw new IllegalArgumentException("the phone number supplied is not a number", ex);
		}
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

	private void addRecovery(String via, JsonNode value, Consumer<String> problems) {
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
