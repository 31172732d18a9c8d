package io.github.kratosadmin.internal.paging;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The content of a page token. Depending on the version and the list, Kratos numbers its
 * pages or issues tokens. Applications see page tokens as plain strings.
 *
 * @param page the number of the page as the server counts, or {@code null}
 * @param position the position in a numbered list, or {@code null}
 * @param serverToken the server's own token, or {@code null}
 */
public record PageToken(@Nullable Integer page, @Nullable ListPosition position, @Nullable String serverToken) {

	private static final Pattern TEXT = Pattern
		.compile("(?s)page=(\\d{1,9})|first=([01])&seen=([1-9]\\d{0,8})&after=(.+)|page_token=(.*\\S.*)");

	/**
	 * The token of the first page: none.
	 */
	static final PageToken FIRST = new PageToken(null, null, null);

	/**
	 * Returns the token of a page with a number.
	 * @param page the number as the server counts
	 * @return the token
	 */
	public static PageToken ofPage(int page) {
		return new PageToken(page, null, null);
	}

	/**
	 * Returns the token of the page after a position in a numbered list.
	 * @param position the position
	 * @return the token
	 */
	public static PageToken ofPosition(ListPosition position) {
		return new PageToken(null, position, null);
	}

	/**
	 * Returns the token of a page with a token of the server.
	 * @param serverToken the decoded token of the server
	 * @return the token
	 */
	public static PageToken ofServer(String serverToken) {
		return new PageToken(null, null, serverToken);
	}

	/**
	 * Reads a token.
	 * @param text a token from a page, or {@code null} for the first page
	 * @return the token
	 * @throws IllegalArgumentException if the text is not a token of a page
	 */
	public static PageToken parse(@Nullable String text) {
		if (text == null) {
			return FIRST;
		}
		Matcher matcher = TEXT.matcher(text);
		if (!matcher.matches()) {
			throw new IllegalArgumentException(
					"A page token must be the nextPageToken of a page, or null for the first page, but was '" + text
							+ "'");
		}
		if (matcher.group(1) != null) {
			return ofPage(Integer.parseInt(matcher.group(1)));
		}
		if (matcher.group(2) != null) {
			return ofPosition(new ListPosition(Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(3)),
					matcher.group(4)));
		}
		return ofServer(matcher.group(5));
	}

	/**
	 * Reads a token of a list whose pages are numbered.
	 * @param text a token from a page, or {@code null} for the first page
	 * @return the number of the page, or {@code null} for the first one
	 * @throws IllegalArgumentException if the text is not a token of such a page
	 */
	public static @Nullable Integer parsePage(@Nullable String text) {
		PageToken token = parse(text);
		check(text, token.position == null && token.serverToken == null);
		return token.page;
	}

	/**
	 * Reads a token of a list with tokens of the server.
	 * @param text a token from a page, or {@code null} for the first page
	 * @return the server's token, or {@code null} for the first page
	 * @throws IllegalArgumentException if the text is not a token of such a page
	 */
	public static @Nullable String parseServerToken(@Nullable String text) {
		PageToken token = parse(text);
		check(text, token.position == null && token.page == null);
		return token.serverToken;
	}

	/**
	 * Reads a token of a list whose pages are numbered in some versions, and have tokens
	 * of the server in others.
	 * @param text a token from a page, or {@code null} for the first page
	 * @return the token
	 * @throws IllegalArgumentException if the text is not a token of such a page
	 */
	public static PageToken parsePageOrServerToken(@Nullable String text) {
		PageToken token = parse(text);
		check(text, token.position == null);
		return token;
	}

	private static void check(@Nullable String text, boolean good) {
		if (!good) {
			throw new IllegalArgumentException(
					"A page token must be the nextPageToken of a page of the same list, but was '" + text + "'");
		}
	}

	@Override
	public String toString() {
		if (this.page != null) {
			return "page=" + this.page;
		}
		if (this.position != null) {
			return "first=" + this.position.firstPage() + "&seen=" + this.position.seen() + "&after="
					+ this.position.lastId();
		}
		return "page_token=" + this.serverToken;
	}

}
