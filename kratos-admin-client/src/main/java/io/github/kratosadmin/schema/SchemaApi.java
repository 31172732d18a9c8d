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
	 * @param id the schema's id as it is, such as {@code default} or
	 * {@code preset://email}. One with a slash or other characters that a path does not
	 * carry is found from Kratos 0.9 on, and is encoded for it here; one that is encoded
	 * already, as at the end of
	 * {@link io.github.kratosadmin.identity.Identity#schemaUrl()}, is found too
	 * @return the JSON schema as it is
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is none with
	 * this id
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/getIdentitySchema">getSchema</a>,
	 * later called getIdentitySchema; Kratos 0.6 and later
	 */
	@GetMapping(path = "/schemas/{id}", produces = "application/json")
	@OnNewConnection
	JsonNode getSchema(@SchemaId @PathVariable("id") String id);

	/**
	 * Lists the identity schemas, in the order of Kratos's configuration, a page at a
	 * time. Whatever the version, page after page has every schema once: Kratos up to
	 * 26.2 sends some of the following pages' schemas along, which are left out.
	 * @param query which page, of what size
	 * @return the page
	 * @throws io.github.kratosadmin.error.KratosNotFoundException from Kratos 0.8 without
	 * a public URL, if it does not redirect {@code /schemas/default} to its public
	 * address, where alone it has the list
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/listIdentitySchemas">listIdentitySchemas</a>,
	 * Kratos 0.8 and later
	 */
	@SinceKratos("0.8")
	Page<IdentitySchemaContainer> listIdentitySchemas(ListIdentitySchemas query);

	/**
	 * Lists the first page of all identity schemas, 250 at most.
	 * @return the page
	 * @see #listIdentitySchemas(ListIdentitySchemas)
	 */
	@SinceKratos("0.8")
	default Page<IdentitySchemaContainer> listIdentitySchemas() {
		return listIdentitySchemas(ListIdentitySchemas.builder().build());
	}

	/**
	 * A lazy stream over the identity schemas, which asks for a page when it gets to it:
	 * a failed call fails the stream's terminal operation. A stream that is left early or
	 * closed asks for no more.
	 * @param query the size of the pages, and where to start
	 * @return the stream, sequential, holding one page at a time
	 */
	default Stream<IdentitySchemaContainer> streamIdentitySchemas(ListIdentitySchemas query) {
		return PageStream.of("listIdentitySchemas", (token) -> listIdentitySchemas(query.at(token)), query.pageToken());
	}

}
