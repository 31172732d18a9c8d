package io.github.kratosadmin.internal.feign;

import io.github.kratosadmin.internal.operation.Paged;
import io.github.kratosadmin.internal.operation.Paging;
import io.github.kratosadmin.internal.paging.PageToken;
import io.github.kratosadmin.paging.Page;
import io.github.kratosadmin.schema.IdentitySchemaContainer;
import io.github.kratosadmin.schema.ListIdentitySchemas;
import io.github.kratosadmin.schema.SchemaApi;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The operations on schemas, including the list with the parameters of Kratos.
 */
public interface SchemaOperations extends SchemaApi {

	/**
	 * Lists the identity schemas with the parameters that every version supports. Newer
	 * versions also support {@code page_size} and {@code page_token}, to the same effect.
	 * @param perPage the size of the page, 250 by default, 1000 at most
	 * @param page the number of the page, starting at 0
	 * @return the page, without the schemas that Kratos sends beyond its size
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/listIdentitySchemas">listIdentitySchemas</a>
	 */
	@GetMapping(path = "/schemas", produces = "application/json")
	@Paged(Paging.SCHEMAS)
	Page<IdentitySchemaContainer> listIdentitySchemas(
			@RequestParam(name = "per_page", required = false) @Nullable Integer perPage,
			@RequestParam(name = "page", required = false) @Nullable Integer page);

	@Override
	default Page<IdentitySchemaContainer> listIdentitySchemas(ListIdentitySchemas query) {
		return listIdentitySchemas(query.pageSize(), PageToken.parsePage(query.pageToken()));
	}

}
