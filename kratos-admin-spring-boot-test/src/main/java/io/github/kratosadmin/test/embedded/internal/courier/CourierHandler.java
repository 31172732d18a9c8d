package io.github.kratosadmin.test.embedded.internal.courier;

import java.util.List;
import java.util.Set;

import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.http.AdminResponse;
import io.github.kratosadmin.test.embedded.internal.http.ErrorResponseException;
import io.github.kratosadmin.test.embedded.internal.http.Query;
import io.github.kratosadmin.test.embedded.internal.http.Router;
import io.github.kratosadmin.test.embedded.internal.paging.TokenPaging;
import io.github.kratosadmin.test.embedded.internal.text.Ids;
import io.github.kratosadmin.test.embedded.internal.text.Json;
import tools.jackson.databind.node.ArrayNode;

/**
 * Handles the requests for messages.
 */
public final class CourierHandler {

	private static final Set<String> STATUSES = Set.of(QueuedMessage.STATUS, "sent", "processing", "abandoned");

	private final KratosEra era;

	private final Courier courier;

	private final TokenPaging<QueuedMessage> paging;

	public CourierHandler(KratosEra era, Courier courier) {
		this.era = era;
		this.courier = courier;
		this.paging = new TokenPaging<>(era, "/admin/courier/messages", false,
				CourierRules.encryptsTokensOfMessages(era), 10, CourierRules.maxPageSizeOfMessages(era),
				(reason) -> new ErrorResponseException(400, 500, reason));
	}

	public void addRoutes(Router router) {
		if (CourierRules.listsMessages(this.era)) {
			router.add("GET", "/courier/messages", (request, none) -> list(request.query()))
				.add("GET", "/courier/messages/:id", (request, id) -> get(id));
		}
	}

	private AdminResponse list(Query query) {
		String status = query.first("status");
		if (query.has("status") && !STATUSES.contains(status)) {
			throw ErrorResponseException.badRequest("Message status is not valid");
		}
		String recipient = query.first("recipient");
		List<QueuedMessage> matching = this.courier.list()
			.stream()
			.filter((message) -> !query.has("status") || status.equals(QueuedMessage.STATUS))
			.filter((message) -> recipient.isEmpty() || recipient.equals(message.recipient()))
			.toList();
		TokenPaging.Page<QueuedMessage> page = this.paging.page(query, matching);
		ArrayNode array = Json.array();
		page.items().forEach((message) -> array.add(message.toJson(this.era)));
		return page.toResponse(array, this.era);
	}

	private AdminResponse get(String id) {
		String parsed = Ids.parse(id);
		if (parsed == null) {
			throw new ErrorResponseException(400, Ids.explain(id, this.era));
		}
		QueuedMessage message = this.courier.find(parsed);
		if (message == null) {
			throw ErrorResponseException.noSuchRow();
		}
		return AdminResponse.ok(message.toJson(this.era));
	}

}
