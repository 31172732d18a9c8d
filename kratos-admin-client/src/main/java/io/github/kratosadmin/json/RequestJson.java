package io.github.kratosadmin.json;

import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.internal.json.JsonErrors;
import io.github.kratosadmin.internal.json.KratosJson;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;

/**
 * Writes and reads requests as JSON outside of a call, for example to keep identities in
 * a file. The JSON has the secrets of the request: protect it like a database with
 * password hashes.
 */
public final class RequestJson {

	private static final ObjectReader CREATE_IDENTITY = KratosJson.mapper()
		.readerFor(CreateIdentity.class)
		.with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

	private RequestJson() {
	}

	/**
	 * Writes an identity to create as the client sends it: with the admin metadata, the
	 * passwords and other secrets.
	 * @param identity the identity
	 * @return the JSON, one line without its end
	 */
	public static String write(CreateIdentity identity) {
		return KratosJson.mapper().writeValueAsString(identity);
	}

	/**
	 * Reads an identity to create, such as {@link #write(CreateIdentity)} wrote it. As
	 * Kratos does, this rejects fields that it does not know, except those of addresses,
	 * which are ignored.
	 * @param json the JSON
	 * @return the identity
	 * @throws IllegalArgumentException if the JSON cannot be read, or has no traits; the
	 * message has the reason and the position, but nothing of the JSON
	 */
	public static CreateIdentity read(String json) {
		CreateIdentity identity;
		try {
			identity = CREATE_IDENTITY.readValue(json);
		}
		catch (JacksonException ex) {
			// Without the cause, whose message may quote the JSON.
			throw new IllegalArgumentException(
					"The JSON cannot be read as an identity to create: " + JsonErrors.describeWithoutUnknownField(ex));
		}
		if (identity == null || KratosJson.orNull(identity.traits()) == null) {
			throw new IllegalArgumentException("The JSON cannot be read as an identity to create: traits is missing");
		}
		return identity;
	}

}
