package io.github.kratosadmin.schema;

import tools.jackson.databind.JsonNode;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * Reads identity schemas.
 * <p>
 * Each method throws an {@link IllegalArgumentException} before anything is sent if an
 * argument is missing, blank, {@code .} or {@code ..}, and a
 * {@link io.github.kratosadmin.error.KratosException} if the call fails.
 */
public interface SchemaApi {

	/**
	 * Reads an identity schema.
	 * @param id the schema's id, such as {@code default}. One with a slash has to be
	 * encoded as base64url without padding, which Kratos understands from 0.9 on
	 * @return the JSON schema as it is
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is none with
	 * this id
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/getIdentitySchema">getSchema</a>,
	 * later called getIdentitySchema; Kratos 0.6 and later
	 */
	@GetMapping(path = "/schemas/{id}", produces = "application/json")
	JsonNode getSchema(@PathVariable("id") String id);

}
