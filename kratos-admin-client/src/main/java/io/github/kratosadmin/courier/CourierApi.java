package io.github.kratosadmin.courier;

import java.util.stream.Stream;

import io.github.kratosadmin.internal.paging.PageStream;
import io.github.kratosadmin.paging.Page;
import io.github.kratosadmin.version.SinceKratos;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * Reads the messages that Kratos sends to identities.
 * <p>
 * Each method throws an {@link IllegalArgumentException} before anything is sent if an
 * argument is missing, blank, {@code .} or {@code ..}, and a
 * {@link io.github.kratosadmin.error.KratosException} if the call fails.
 */
public interface CourierApi {

	/**
	 * Lists a page of the messages, the newest first. All pages together have each
	 * message once. Messages that are created or deleted in the meantime may be missing.
	 * <p>
	 * Kratos 0.11.0 numbers these pages: a message may be listed twice if others are
	 * created in the meantime, and may be missing if others are deleted. Kratos 0.11.1 to
	 * 1.2 responds with the first page to a page token that it did not issue.
	 * @param query the filters, the page and its size
	 * @return the page, without the attempts to send the messages
	 * @throws io.github.kratosadmin.error.KratosBadRequestException if Kratos does not
	 * support the status
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/courier/operation/listCourierMessages">listCourierMessages</a>
	 */
	@SinceKratos("0.11")
	Page<CourierMessage> listCourierMessages(ListCourierMessages query);

	/**
	 * Lists the first page of the messages, 250 at most, the newest first.
	 * @return the page
	 * @see #listCourierMessages(ListCourierMessages)
	 */
	@SinceKratos("0.11")
	default Page<CourierMessage> listCourierMessages() {
		return listCourierMessages(ListCourierMessages.builder().build());
	}

	/**
	 * Streams messages, the newest first. Each page is requested when the stream reaches
	 * it. If that fails, the terminal operation throws the exception. Close the stream
	 * after use: no more pages are requested.
	 * @param query the filters, the first page and the size of all pages
	 * @return a lazy, sequential stream that holds one page at a time
	 * @see #listCourierMessages(ListCourierMessages)
	 */
	@SinceKratos("0.11")
	default Stream<CourierMessage> streamCourierMessages(ListCourierMessages query) {
		return PageStream.of("listCourierMessages", (token) -> listCourierMessages(query.at(token)), query.pageToken());
	}

	/**
	 * Streams all messages, the newest first, in pages of 250.
	 * @return a lazy, sequential stream that holds one page at a time
	 * @see #streamCourierMessages(ListCourierMessages)
	 */
	@SinceKratos("0.11")
	default Stream<CourierMessage> streamCourierMessages() {
		return streamCourierMessages(ListCourierMessages.builder().build());
	}

	/**
	 * Reads a message with the attempts to send it.
	 * @param id the id of the message
	 * @return the message
	 * @throws io.github.kratosadmin.error.KratosBadRequestException if the id is not a
	 * UUID
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is no message
	 * with this id, or the server is Kratos 0.11.0, which does not have this operation
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/courier/operation/getCourierMessage">getCourierMessage</a>
	 */
	@GetMapping(path = "/courier/messages/{id}", produces = "application/json")
	@SinceKratos("0.11")
	CourierMessage getCourierMessage(@PathVariable("id") String id);

}
