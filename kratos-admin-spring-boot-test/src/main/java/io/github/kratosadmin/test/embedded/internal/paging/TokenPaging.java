package io.github.kratosadmin.test.embedded.internal.paging;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.http.AdminResponse;
import io.github.kratosadmin.test.embedded.internal.http.ErrorResponseException;
import io.github.kratosadmin.test.embedded.internal.http.Query;
import io.github.kratosadmin.test.embedded.internal.text.Ids;
import tools.jackson.databind.node.ArrayNode;

/**
 * Paging of sessions and messages. The token of a page names the last item of the page
 * before it. The newest items come first.
 *
 * @param <T> the type of the items
 */
public final class TokenPaging<T extends TokenPaging.Item> {

	private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder().appendPattern("yyyy-MM-dd HH:mm:ss")
		.appendFraction(ChronoField.NANO_OF_SECOND, 0, 6, true)
		.toFormatter();

	private static final Pattern OTHER_THAN_BASE64 = Pattern.compile("[^A-Za-z0-9+/]");

	private static final Pattern ID = Pattern.compile("(?:^|/)id=([^/]*)");

	private static final Pattern CREATED_AT = Pattern.compile("(?:^|/)created_at=([^/]*)");

	private static final Position START = new Position("00000000-0000-0000-0000-000000000000",
			Instant.parse("2200-12-31T23:59:59Z"));

	private static final Comparator<Position> NEWEST_FIRST = Comparator.comparing(Position::createdAt)
		.reversed()
		.thenComparing(Position::id);

	private final KratosEra era;

	private final String path;

	/**
	 * Whether the items are ordered by id, and the id is the token.
	 */
	private final boolean byId;

	/**
	 * Whether Kratos encrypts the tokens. Here they are never encrypted.
	 */
	private final boolean encrypts;

	private final int defaultSize;

	private final int maxSize;

	/**
	 * Creates the error for a malformed size or token from the message of Go.
	 */
	private final Function<String, ErrorResponseException> malformed;

	/**
	 * Creates a paging.
	 * @param era the era
	 * @param path the path of the list
	 * @param byId whether the items are ordered by id, and the id is the token
	 * @param encrypts whether Kratos encrypts the tokens
	 * @param defaultSize the page size if the request has none
	 * @param maxSize the maximum page size
	 * @param malformed creates the error for a malformed size or token from the message
	 * of Go
	 */
	public TokenPaging(KratosEra era, String path, boolean byId, boolean encrypts, int defaultSize, int maxSize,
			Function<String, ErrorResponseException> malformed) {
		this.era = era;
		this.path = path;
		this.byId = byId;
		this.encrypts = encrypts;
		this.defaultSize = defaultSize;
		this.maxSize = maxSize;
		this.malformed = malformed;
	}

	/**
	 * Returns a page.
	 * @param query the parameters of the request
	 * @param items all items that match the request
	 * @return the page
	 * @throws ErrorResponseException if the parameters of the page are not valid
	 */
	public Page<T> page(Query query, List<T> items) {
		// For a negative size Kratos up to 1.3 closes the connection instead.
		int size = Pagination.pageSize(query.first("page_size"), this.defaultSize, this.maxSize, this.malformed);
		Position after = position(query.first("page_token"));
		Comparator<Position> order = this.byId ? Comparator.comparing(Position::id) : NEWEST_FIRST;
		List<T> rest = items.stream()
			.filter((item) -> order.compare(Position.of(item), after) > 0)
			.sorted((one, other) -> order.compare(Position.of(one), Position.of(other)))
			.toList();
		List<T> page = rest.stream().limit(size).toList();
		Query sized = query.with("page_size", String.valueOf(size));
		String link = link(sized, START, "first");
		if (rest.size() > size) {
			String next = link(sized, Position.of(page.get(size - 1)), "next");
			link = linksFirstPageToo() ? link + "," + next : next;
		}
		return new Page<>(page, link, items.size());
	}

	private Position position(String token) {
		if (token.isEmpty()) {
			return START;
		}
		if (this.byId) {
			return new Position(token, START.createdAt);
		}
		String decoded = decode(token);
		Matcher id = ID.matcher(decoded);
		Matcher createdAt = CREATED_AT.matcher(decoded);
		try {
			if (id.find() && Ids.parse(id.group(1)) != null && createdAt.find()) {
				return new Position(id.group(1),
						LocalDateTime.parse(createdAt.group(1), TIME).toInstant(ZoneOffset.UTC));
			}
		}
		catch (DateTimeParseException ex) {
			// Treated as a malformed token.
		}
		if (this.encrypts) {
			throw undecryptable();
		}
		if (!checksPageTokens()) {
			return START;
		}
		throw ErrorResponseException.badRequest("The page token is invalid, do not craft your own page tokens");
	}

	private String decode(String token) {
		try {
			return new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			if (this.encrypts) {
				throw undecryptable();
			}
			Matcher wrong = OTHER_THAN_BASE64.matcher(token);
			throw this.malformed
				.apply("illegal base64 data at input byte " + (wrong.find() ? wrong.start() : token.length()));
		}
	}

	/**
	 * For a short token Kratos closes the connection instead.
	 */
	private ErrorResponseException undecryptable() {
		return this.malformed.apply("decrypt token: %!w(<nil>)");
	}

	private String link(Query query, Position position, String relation) {
		return "<" + this.path + "?" + query.with("page_token", this.byId ? position.id : position.token())
				+ ">; rel=\"" + relation + "\"";
	}

	/**
	 * Whether a link to the first page precedes the link to the next.
	 */
	private boolean linksFirstPageToo() {
		return this.era.isAtLeast(KratosEra.V1_3);
	}

	private boolean checksPageTokens() {
		return this.era.isAtLeast(KratosEra.V1_3);
	}

	/**
	 * An item of a list.
	 */
	public interface Item {

		String id();

		Instant createdAt();

	}

	/**
	 * A page.
	 *
	 * @param <T> the type of the items
	 * @param items the items
	 * @param link the value of the {@code Link} header
	 * @param total the number of items on all pages
	 */
	public record Page<T>(List<T> items, String link, int total) {

		public AdminResponse toResponse(ArrayNode body, KratosEra era) {
			AdminResponse response = AdminResponse.ok(body).withHeader("Link", this.link);
			return hasTotal(era) ? response.withHeader("X-Total-Count", String.valueOf(this.total)) : response;
		}

		private static boolean hasTotal(KratosEra era) {
			return !era.isAtLeast(KratosEra.V26);
		}

	}

	private record Position(String id, Instant createdAt) {

		static Position of(Item item) {
			return new Position(item.id(), item.createdAt().truncatedTo(ChronoUnit.MICROS));
		}

		String token() {
			String text = "id=" + this.id + "/created_at=" + TIME.format(this.createdAt.atOffset(ZoneOffset.UTC));
			return Base64.getEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
		}

	}

}
