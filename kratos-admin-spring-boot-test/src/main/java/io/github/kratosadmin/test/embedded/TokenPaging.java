package io.github.kratosadmin.test.embedded;

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

import tools.jackson.databind.node.ArrayNode;

/**
 * Paging by a token that stands for the last item of the page before, which is all that
 * lists of sessions and of messages have. The newest items come first. Kratos encrypts
 * some tokens, in which nobody is to look anyway.
 *
 * @param <T> what is listed
 */
final class TokenPaging<T extends TokenPaging.Item> {

	private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder().appendPattern("yyyy-MM-dd HH:mm:ss")
		.appendFraction(ChronoField.NANO_OF_SECOND, 0, 6, true)
		.toFormatter();

	private static final Pattern ID = Pattern.compile("(?:^|/)id=([^/]*)");

	private static final Pattern CREATED_AT = Pattern.compile("(?:^|/)created_at=([^/]*)");

	private static final Position START = new Position("00000000-0000-0000-0000-000000000000",
			Instant.parse("2200-12-31T23:59:59Z"));

	private static final Comparator<Position> NEWEST_FIRST = Comparator.comparing(Position::createdAt)
		.reversed()
		.thenComparing(Position::id);

	private final KratosEra era;

	private final String path;

	private final boolean byId;

	private final int defaultSize;

	private final int maxSize;

	private final Function<String, KratosError> malformed;

	/**
	 * Creates a paging.
	 * @param era the era
	 * @param path the path of the list, as links have it
	 * @param byId whether the order is that of the ids, and an id is the token
	 * @param defaultSize how many items a page has unless the request says so
	 * @param maxSize how many items a page has at most
	 * @param malformed makes the error for a size or a token that cannot be read, of what
	 * Go says about it
	 */
	TokenPaging(KratosEra era, String path, boolean byId, int defaultSize, int maxSize,
			Function<String, KratosError> malformed) {
		this.era = era;
		this.path = path;
		this.byId = byId;
		this.defaultSize = defaultSize;
		this.maxSize = maxSize;
		this.malformed = malformed;
	}

	/**
	 * Picks a page.
	 * @param query the parameters of the request
	 * @param items all items that match the request
	 * @return the page
	 * @throws KratosError if the request asks for a page that cannot be had
	 */
	Page<T> page(Query query, List<T> items) {
		int size = size(query.first("page_size"));
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
			link = this.era.linksFirstPageToo() ? link + "," + next : next;
		}
		return new Page<>(page, link, items.size());
	}

	/**
	 * A size below zero is read as none. Kratos hangs up on who asks for one, up to 1.3.
	 */
	private int size(String text) {
		if (text.isEmpty()) {
			return this.defaultSize;
		}
		try {
			int size = Integer.parseInt(text);
			return (size > 0) ? Math.min(this.maxSize, size) : this.defaultSize;
		}
		catch (NumberFormatException ex) {
			throw this.malformed.apply("strconv.Atoi: parsing \"" + text + "\": invalid syntax");
		}
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
			// It is as good as none.
		}
		if (!this.era.checksPageTokens()) {
			return START;
		}
		throw KratosError.badRequest("The page token is invalid, do not craft your own page tokens");
	}

	private String decode(String token) {
		try {
			return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			throw this.malformed.apply("illegal base64 data");
		}
	}

	private String link(Query query, Position position, String relation) {
		return "<" + this.path + "?" + query.with("page_token", this.byId ? position.id : position.token())
				+ ">; rel=\"" + relation + "\"";
	}

	/**
	 * What can be listed.
	 */
	interface Item {

		String id();

		Instant createdAt();

	}

	/**
	 * A page.
	 *
	 * @param <T> what is listed
	 * @param items the items
	 * @param link the value of the {@code Link} header
	 * @param total how many items there are on all pages
	 */
	record Page<T>(List<T> items, String link, int total) {

		AdminResponse toResponse(ArrayNode body, KratosEra era) {
			AdminResponse response = AdminResponse.ok(body).withHeader("Link", this.link);
			return era.tellsTotalOfTokenPages() ? response.withHeader("X-Total-Count", String.valueOf(this.total))
					: response;
		}

	}

	private record Position(String id, Instant createdAt) {

		static Position of(Item item) {
			return new Position(item.id(), item.createdAt().truncatedTo(ChronoUnit.MICROS));
		}

		String token() {
			String text = "id=" + this.id + "/created_at=" + TIME.format(this.createdAt.atOffset(ZoneOffset.UTC));
			return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
		}

	}

}
