package io.github.kratosadmin.paging;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What a page token says: Kratos numbers pages in some versions and lists, and hands out
 * tokens of its own in others. Applications pass page tokens on as the strings they are.
 *
 * @param page the number of the page, as the server counts, or {@code null}
 * @param serverToken the server's own token, or {@code null}
 */
public record PageToken(@Nullable Integer page, @Nullable String serverToken) {

	private static final Pattern TEXT = Pattern.compile("page=(\\d{1,9})|page_token=(.+)");

	/**
	 * The first page: no token at all.
	 */
	public static final PageToken FIRST = new PageToken(null, null);

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
		return (matcher.group(1) != null) ? new PageToken(Integer.valueOf(matcher.group(1)), null)
				: new PageToken(null, matcher.group(2));
	}

	@Override
	public String toString() {
		return (this.page != null) ? "page=" + this.page : "page_token=" + this.serverToken;
	}

}
