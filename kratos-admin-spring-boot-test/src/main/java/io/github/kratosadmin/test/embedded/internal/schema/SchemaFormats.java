package io.github.kratosadmin.test.embedded.internal.schema;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.MessageSourceError;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.format.Format;
import com.networknt.schema.format.IPv6Format;
import com.networknt.schema.keyword.FormatValidator;
import com.networknt.schema.path.NodePath;
import io.github.kratosadmin.test.embedded.internal.text.GoText;
import io.github.kratosadmin.test.embedded.internal.text.GoTime;
import io.github.kratosadmin.test.embedded.internal.text.PhoneNumbers;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The formats that the validator of Kratos checks. It ignores other formats, such as
 * {@code uuid}. Only a string can match a format.
 */
final class SchemaFormats {

	private static final IPv6Format IPV6 = new IPv6Format();

	static final List<Format> ALL = List.of(format("date-time", GoTime::isDateTime), format("date", GoTime::isDate),
			format("time", GoTime::isTime), format("hostname", HostName::isHostName), format("email", Email::isEmail),
			format("tel", SchemaFormats::isPhoneNumber), format("ip-address", SchemaFormats::isIpv4),
			format("ipv4", SchemaFormats::isIpv4), format("ipv6", SchemaFormats::isIpv6),
			format("uri", GoUrl::isAbsolute), format("iri", GoUrl::isAbsolute), format("uri-reference", GoUrl::isUrl),
			format("uriref", GoUrl::isUrl), format("iri-reference", GoUrl::isUrl),
			format("uri-template", GoUrl::isTemplate), format("regex", SchemaFormats::isRegex),
			format("json-pointer", SchemaFormats::isJsonPointer),
			format("relative-json-pointer", SchemaFormats::isRelativeJsonPointer));

	private SchemaFormats() {
	}

	static boolean isPhoneNumber(String value) {
		return PhoneNumbers.isValid(value);
	}

	private static boolean isIpv4(String value) {
		String[] groups = value.split("\\.", -1);
		if (groups.length != 4) {
			return false;
		}
		for (String group : groups) {
			// Go accepts signs and leading zeros.
			if (!group.matches("[+-]?0*[0-9]{1,3}") || Integer.parseInt(group) < 0 || Integer.parseInt(group) > 255) {
				return false;
			}
		}
		return true;
	}

	private static boolean isIpv6(String value) {
		return value.contains(":") && IPV6.matches(null, value);
	}

	private static boolean isRegex(String value) {
		try {
			Pattern.compile(value);
			return true;
		}
		catch (PatternSyntaxException ex) {
			return false;
		}
	}

	private static boolean isJsonPointer(String value) {
		return (value.isEmpty() || value.startsWith("/")) && value.matches("(?s)(?:[^~]|~[~01])*+");
	}

	private static boolean isRelativeJsonPointer(String value) {
		String rest = value.startsWith("0") ? value.substring(1) : value.replaceFirst("^[0-9]+", "");
		return rest.length() < value.length() && (rest.equals("#") || isJsonPointer(rest));
	}

	private static Format format(String name, Predicate<String> fits) {
		return new KnownFormat(name, fits);
	}

	private record KnownFormat(String getName, Predicate<String> fits) implements Format {

		@Override
		public boolean matches(@Nullable ExecutionContext context, SchemaContext schemaContext, JsonNode value) {
			return value.isString() && this.fits.test(value.asString());
		}

		/**
		 * Describes any value. The library would fail for an object or array, which has
		 * no text.
		 */
		@Override
		public void validate(ExecutionContext context, SchemaContext schemaContext, JsonNode value, JsonNode root,
				NodePath location, boolean assertionsEnabled, Supplier<MessageSourceError.Builder> message,
				FormatValidator validator) {
			if (!matches(context, schemaContext, value)) {
				context.addError(message.get()
					.message("{0}")
					.arguments("\"" + GoText.of(value) + "\" is not valid \"" + this.getName + "\"")
					.build());
			}
		}

	}

}
