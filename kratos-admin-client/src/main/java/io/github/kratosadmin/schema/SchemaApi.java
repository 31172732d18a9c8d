package io.github.kratosadmin.schema;

import java.util.stream.Stream;

import io.github.kratosadmin.internal.operation.OnNewConnection;
import io.github.kratosadmin.internal.operation.SchemaId;
import io.github.kratosadmin.internal.paging.PageStream;
import io.github.kratosadmin.paging.Page;
import io.github.kratosadmin.version.SinceKratos;
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
	 * @param id the id of the schema, such as {@code default} or {@code preset://email}.
	 * The client encodes an id that cannot be part of a path, such as one with a slash;
	 * Kratos 0.9 and later finds it. An id that is already encoded, as at the end of
	 * {@link io.github.kratosadmin.identity.Identity#schemaUrl()}, is found too
	 * @return the JSON schema
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is no schema
	 * with this id
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/getIdentitySchema">getSchema</a>,
	 * later renamed getIdentitySchema
	 */
	@GetMapping(path = "/schemas/{id}", produces = "application/json")
	@OnNewConnection
	JsonNode getSchema(@SchemaId @PathVariable("id") String id);

	/**
	 * Lists a page of the identity schemas, in the order of the configuration of Kratos.
	 * All pages together have each schema once: Kratos up to 26.2 adds schemas of the
	 * following pages to a page, and the client removes them.
	 * @param query the page and its size
	 * @return the page
	 * @throws io.github.kratosadmin.error.KratosNotFoundException on Kratos 0.8, if no
	 * public URL is set and Kratos does not redirect {@code /schemas/default} to its
	 * public API, the only one with this list
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/listIdentitySchemas">listIdentitySchemas</a>
	 */
	@SinceKratos("0.8")
	Page<IdentitySchemaContainer> listIdentitySchemas(ListIdentitySchemas query);

	/**
	 * Lists the first page of the identity schemas, 250 at most.
	 * @return the page
	 * @see #listIdentitySchemas(ListIdentitySchemas)
	 */
	@SinceKratos("0.8")
	default Page<IdentitySchemaContainer> listIdentitySchemas() {
		return listIdentitySchemas(ListIdentitySchemas.builder().build());
	}

	/**
	 * Streams the identity schemas. Each page is requested when the stream reaches it. If
	 * that fails, the terminal operation throws the exception. Close the stream after
	 * use: no more pages are requested.
	 * @param query the first page and the size of all pages
	 * @return a lazy, sequential stream that holds one page at a time
	 * @see #listIdentitySchemas(ListIdentitySchemas)
	 */
	@SinceKratos("0.8")
	default Stream<IdentitySchemaContainer> streamIdentitySchemas(ListIdentitySchemas query) {
		return PageStream.of("listIdentitySchemas", (token) -> listIdentitySchemas(query.at(token)), query.pageToken());
	}

	/**
	 * Streams the identity schemas, in pages of 250.
	 * @return a lazy, sequential stream that holds one page at a time
	 * @see #streamIdentitySchemas(ListIdentitySchemas)
	 */
	@SinceKratos("0.8")
	default Stream<IdentitySchemaContainer> streamIdentitySchemas() {
		return streamIdentitySchemas(ListIdentitySchemas.builder().build());
	}

}
