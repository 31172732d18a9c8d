package io.github.kratosadmin.test.embedded.internal.schema;

import java.util.Base64;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The keyword {@code contentEncoding} as in the validator of Kratos. Base64 needs its
 * padding, and may have line breaks.
 */
final class ContentEncodingKeyword extends ValueKeyword {

	ContentEncodingKeyword() {
		super("contentEncoding");
	}

	@Override
	@Nullable String problem(JsonNode encoding, JsonNode value) {
		boolean fits = !value.isString() || !encoding.asString("").equals("base64") || isBase64(value.asString());
		return fits ? null : "\"" + value.asString() + "\" is not base64 encoded";
	}

	private static boolean isBase64(String text) {
		String encoded = text.replaceAll("[\r\n]", "");
		try {
			Base64.getDecoder().decode(encoded);
			return encoded.length() % 4 == 0;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

}
