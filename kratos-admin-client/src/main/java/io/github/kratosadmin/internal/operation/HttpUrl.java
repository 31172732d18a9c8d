package io.github.kratosadmin.internal.operation;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Checks and compares the URLs of Kratos servers.
 */
public final class HttpUrl {

	private static final Set<String> DOTS = Set.of(".", "..");

	private static final int MAX_DECODINGS = 5;

	private HttpUrl() {
	}

	/**
	 * Parses a base URL.
	 * @throws IllegalArgumentException if it is not a base URL; the message does not show
	 * user info or a query, which may contain secrets
	 */
	public static URI parseBase(String name, String text) {
		URI url = parse(name, text);
		String problem = problem(url);
		if (problem != null) {
			throw new IllegalArgumentException(
					name + " must be a URL such as http://localhost:4434, but '" + redact(text) + "' " + problem);
		}
		// Feign supports schemes in lower case only.
		String rest = StringUtils.trimTrailingCharacter(url.toString().substring(url.getScheme().length()), '/');
		return URI.create(url.getScheme().toLowerCase(Locale.ROOT) + rest);
	}

	private static boolean isPath(String text) {
		return text.isEmpty() || (text.startsWith("/") && Arrays.stream(text.substring(1).split("/", -1))
			.allMatch((segment) -> segment.matches("[A-Za-z0-9._~-]+")));
	}

	/**
	 * Checks a path prefix.
	 * @return the prefix, without a trailing slash
	 */
	public static String checkPath(String name, String path) {
		String trimmed = StringUtils.trimTrailingCharacter(path.trim(), '/');
		if (!isPath(trimmed) || hasDotSegments(trimmed)) {
			throw new IllegalArgumentException(
					name + " must be empty or a path such as /admin, but was '" + redact(path) + "'");
		}
		return trimmed;
	}

	private static URI parse(String name, String text) {
		try {
			return new URI(text.trim());
		}
		catch (URISyntaxException ex) {
			throw new IllegalArgumentException(
					name + " must be a URL such as http://localhost:4434, but '" + redact(text) + "' is not a URL");
		}
	}

	private static @Nullable String problem(URI url) {
		String scheme = (url.getScheme() != null) ? url.getScheme().toLowerCase(Locale.ROOT) : "";
		if (!scheme.equals("http") && !scheme.equals("https")) {
			return "does not start with http:// or https://";
		}
		if (url.getRawUserInfo() != null) {
			return "has user info: remove it, and give credentials as a bearer token, a header or credentials of the proxy";
		}
		if (url.getHost() == null) {
			return "has no host, or one with characters that a host cannot have";
		}
		if (url.getPort() == 0 || url.getPort() > 65535) {
			return "has a port that does not exist: it must be 1 to 65535";
		}
		if (hasDotSegments(url.getRawPath())) {
			return "has '.' or '..' in its path: write the path as it is without";
		}
		if (url.getRawQuery() != null) {
			return "has a query: remove it";
		}
		if (url.getRawFragment() != null) {
			return "has a fragment: remove it";
		}
		return null;
	}

	private static String redact(String text) {
		return text.replaceAll("(?s)^((?:[^/]*//)?).*@", "$1***@")
			.replaceAll("(?s)[?#].*", "?***")
			.replaceAll("\\p{Cntrl}", " ");
	}

	/**
	 * Whether a server may interpret a segment of a path as {@code .} or {@code ..}:
	 * plain, encoded once or several times, with a parameter, or between backslashes.
	 * Dots within a name do not matter.
	 */
	public static boolean hasDotSegments(String rawPath) {
		String path = rawPath;
		for (int i = 0; i < MAX_DECODINGS; i++) {
			for (String segment : path.split("[/\\\\]")) {
				if (DOTS.contains(withoutParameters(segment))) {
					return true;
				}
			}
			String decoded = decode(path);
			if (decoded.equals(path)) {
				return false;
			}
			path = decoded;
		}
		// No legitimate name is encoded so often.
		return true;
	}

	private static String withoutParameters(String segment) {
		int parameters = segment.indexOf(';');
		return ((parameters != -1) ? segment.substring(0, parameters) : segment).trim();
	}

	/** Byte by byte, as only ASCII matters. Invalid encodings are kept. */
	private static String decode(String path) {
		StringBuilder decoded = new StringBuilder(path.length());
		for (int i = 0; i < path.length(); i++) {
			int high = (path.charAt(i) == '%' && i + 2 < path.length()) ? Character.digit(path.charAt(i + 1), 16) : -1;
			int low = (high != -1) ? Character.digit(path.charAt(i + 2), 16) : -1;
			decoded.append((low != -1) ? (char) (high * 16 + low) : path.charAt(i));
			i += (low != -1) ? 2 : 0;
		}
		return decoded.toString();
	}

	public static boolean sameOrigin(URI one, URI other) {
		return one.getScheme().equalsIgnoreCase(other.getScheme()) && one.getHost().equalsIgnoreCase(other.getHost())
				&& port(one) == port(other);
	}

	private static int port(URI url) {
		if (url.getPort() != -1) {
			return url.getPort();
		}
		return url.getScheme().equalsIgnoreCase("https") ? 443 : 80;
	}

}
