package io.github.kratosadmin.internal.feign;

import io.github.kratosadmin.courier.CourierApi;
import io.github.kratosadmin.courier.CourierMessage;
import io.github.kratosadmin.courier.CourierMessageStatus;
import io.github.kratosadmin.courier.ListCourierMessages;
import io.github.kratosadmin.internal.operation.Paged;
import io.github.kratosadmin.internal.operation.Paging;
import io.github.kratosadmin.internal.paging.PageToken;
import io.github.kratosadmin.paging.Page;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The operations of the courier, including the list with the parameters of Kratos.
 */
public interface CourierOperations extends CourierApi {

	/**
	 * Lists messages with the parameters of Kratos. Their meaning depends on its version:
	 * {@link #listCourierMessages(ListCourierMessages)} works with every version.
	 * @param perPage the size of the page in Kratos 0.11.0
	 * @param pageSize the size of the page, 10 by default
	 * @param page the number of the page in Kratos 0.11.0, starting at 1
	 * @param pageToken the token of the page, issued by Kratos
	 * @param status the status of the messages
	 * @param recipient the exact e-mail address or phone number of the recipient
	 * @return the page
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/courier/operation/listCourierMessages">listCourierMessages</a>
	 */
	@GetMapping(path = "/courier/messages", produces = "application/json")
	@Paged(Paging.COURIER_MESSAGES)
	Page<CourierMessage> listCourierMessages(
			@RequestParam(name = "per_page", required = false) @Nullable Integer perPage,
			@RequestParam(name = "page_size", required = false) @Nullable Integer pageSize,
			@RequestParam(name = "page", required = false) @Nullable Integer page,
			@RequestParam(name = "page_token", required = false) @Nullable String pageToken,
			@RequestParam(name = "status", required = false) @Nullable CourierMessageStatus status,
			@RequestParam(name = "recipient", required = false) @Nullable String recipient);

	@Override
	default Page<CourierMessage> listCourierMessages(ListCourierMessages query) {
		PageToken token = PageToken.parsePageOrServerToken(query.pageToken());
		// If page_size is set, a server that numbers pages ignores the number.
		Integer pageSize = (token.page() == null) ? query.pageSize() : null;
		return listCourierMessages(query.pageSize(), pageSize, token.page(), token.serverToken(), query.status(),
				query.recipient());
	}

}
