package io.github.kratosadmin.test.embedded;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the bodies of requests to create and to update an identity.
 */
final class IdentityBody {

	private static final Pattern HASH = Pattern
		.compile("(\\$(2[abzy]?|(md5|sha256|sha512)-crypt|argon2id?|pbkdf2-sha\\d{1,3}|scrypt|sha(1|256|512)"
				+ "|firescrypt|md5|hmac-(md4|md5|sha1|sha224|sha256|sha384|sha512))\\$|\\{SSHA(256|512)?}).*");

	private IdentityBody() {
	}

	/**
	 * Reads a body.
	 * @param body the body
	 * @throws MalformedBodyException if a field has the wrong type
	 * @throws KratosError if the hash of a password is none
	 */
	static IdentityInput read(BodyDecoder body) throws MalformedBodyException {
		String externalId = body.string("external_id");
		Identity.Details details = new Identity.Details(body.raw("metadata_public"), body.raw("metadata_admin"),
				externalId.isEmpty() ? null : externalId, organizationId(body.string("organization_id")));
		return new IdentityInput(body.string("schema_id"), body.raw("traits"), body.string("state"), details,
				body.raw("verifiable_addresses"), passwordHash(body.raw("credentials")));
	}

	private static @Nullable String organizationId(String text) throws MalformedBodyException {
		String id = Ids.parse(text);
		if (id == null && !text.isEmpty()) {
			throw new MalformedBodyException("uuid: incorrect UUID format " + text);
		}
		return id;
	}

	private static @Nullable String passwordHash(@Nullable JsonNode credentials) {
		if (credentials == null || !credentials.path("password").isObject()) {
			return null;
		}
		JsonNode config = credentials.at("/password/config");
		if (!config.path("password").asString("").isEmpty()) {
			return Tokens.passwordHash();
		}
		String hash = config.path("hashed_password").asString("");
		if (!HASH.matcher(hash).matches()) {
			throw KratosError.badRequest("The imported password does not match any known hash format. For more "
					+ "information see https://www.ory.sh/dr/2");
		}
		return hash;
	}

}
