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
 * The operations of the courier, with the parameters of lists as Kratos declares them.
 */
public interface CourierOperations extends CourierApi {

	/**
	 * Lists messages with the parameters as Kratos declares them, whose meaning depends
	 * on its version: {@link #listCourierMessages(ListCourierMessages)} is for every
	 * version.
	 * @param perPage the size of the page in Kratos 0.11.0
	 * @param pageSize the size of the page, 10 unless set
	 * @param page the number of the page in Kratos 0.11.0, the first being 1
	 * @param pageToken the page, by the token that Kratos gave
	 * @param status only messages that are this far
	 * @param recipient only messages to exactly this e-mail address or phone number
	 * @return the page
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/courier/operation/listCourierMessages">listCourierMessages</a>,
	 * Kratos 0.11 and later
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
		// With page_size a server that numbers pages takes no notice of the number.
		Integer pageSize = (token.page() == null) ? query.pageSize() : null;
		return listCourierMessages(query.pageSize(), pageSize, token.page(), token.serverToken(), query.status(),
				query.recipient());
	}

}
