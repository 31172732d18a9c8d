package io.github.kratosadmin;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

import io.github.kratosadmin.internal.CallerContext;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * The headers, credentials among them, that go to the admin API only.
 */
class AdminHeaders implements Supplier<Map<String, String>> {

	/** Headers that HTTP itself is made of. */
	private static final Set<String> RESERVED = Set.of("host", "content-length", "content-type", "transfer-encoding",
			"connection", "accept", "expect", "te", "upgrade", "x-session-token");

	private static final String NAME_CHARS = "!#$%&'*+.^_`|~0-9A-Za-z-";

	private final Map<String, String> headers;

	private final CallerContext context;

	AdminHeaders(Map<String, String> headers, @Nullable BearerTokenProvider bearerTokenProvider) {
		this.headers = Map.copyOf(headers);
		this.context = (bearerTokenProvider != null) ? new CallerContext(() -> checked(bearerTokenProvider.getToken()))
				: CallerContext.NONE;
	}

	@Override
	public Map<String, String> get() {
		String token = this.context.token();
		if (token == null) {
			return this.headers;
		}
		Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		all.putAll(this.headers);
		all.put(HttpHeaders.AUTHORIZATION, "Bearer " + token);
		return all;
	}

	/**
	 * Asks for the token, and hands it over to other threads.
	 */
	CallerContext context() {
		return this.context;
	}

	private static String checked(String token) {
		checkToken(token);
		return token;
	}

	static void checkToken(@Nullable String token) {
		if (token == null || token.isBlank() || !token.chars().allMatch((c) -> c > ' ' && c < 127)) {
			// The token itself is not shown.
			throw new IllegalArgumentException("The bearer token must consist of visible ASCII characters, without "
					+ "'Bearer' before them, but is " + ((token == null || token.isBlank()) ? "missing" : "not so"));
		}
	}

	static void check(String name, String value) {
		if (!name.matches("[" + NAME_CHARS + "]+")) {
			// What follows the name, such as ": value", is not shown.
			throw new IllegalArgumentException(
					"'" + name.replaceAll("(?s)[^" + NAME_CHARS + "].*", "...") + "' is not a header's name");
		}
		if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
			throw new IllegalArgumentException("The header '" + name + "' is set by the client itself");
		}
		if (value.chars().anyMatch((c) -> c < ' ' && c != '\t' || c > 126)) {
			throw new IllegalArgumentException("The value of the header '" + name
					+ "' must be of visible ASCII characters and spaces, in one line");
		}
	}

}
