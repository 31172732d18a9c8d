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
	 * Lists messages, the newest first, a page at a time. Page after page has every
	 * message once; one that is created or deleted meanwhile may or may not be among
	 * them, and the others are not affected. To a page token that it did not give Kratos
	 * 0.11.1 to 1.2 answers with the first page. Kratos 0.11.0 numbers these pages: there
	 * one may be listed twice if others are created meanwhile, or be missed if they are
	 * deleted.
	 * @param query which messages, which page, of what size
	 * @return the page, without the attempts to send the messages
	 * @throws io.github.kratosadmin.error.KratosBadRequestException if Kratos does not
	 * know the status
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/courier/operation/listCourierMessages">listCourierMessages</a>,
	 * Kratos 0.11 and later
	 */
	@SinceKratos("0.11")
	Page<CourierMessage> listCourierMessages(ListCourierMessages query);

	/**
	 * Lists the first page of all messages, 250 at most.
	 * @return the page
	 * @see #listCourierMessages(ListCourierMessages)
	 */
	@SinceKratos("0.11")
	default Page<CourierMessage> listCourierMessages() {
		return listCourierMessages(ListCourierMessages.builder().build());
	}

	/**
	 * A lazy stream over messages, which asks for a page when it gets to it: a failed
	 * call fails the stream's terminal operation. A stream that is left early or closed
	 * asks for no more.
	 * @param query which messages, the size of the pages, and where to start
	 * @return the stream, sequential, holding one page at a time
	 */
	default Stream<CourierMessage> streamCourierMessages(ListCourierMessages query) {
		return PageStream.of("listCourierMessages", (token) -> listCourierMessages(query.at(token)), query.pageToken());
	}

	/**
	 * Reads a message, with the attempts to send it.
	 * @param id the message's id
	 * @return the message
	 * @throws io.github.kratosadmin.error.KratosBadRequestException if the id is no UUID
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is none with
	 * this id, or the server is Kratos 0.11.0
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/courier/operation/getCourierMessage">getCourierMessage</a>,
	 * Kratos 0.11.1 and later
	 */
	@GetMapping(path = "/courier/messages/{id}", produces = "application/json")
	@SinceKratos("0.11")
	CourierMessage getCourierMessage(@PathVariable("id") String id);

}
