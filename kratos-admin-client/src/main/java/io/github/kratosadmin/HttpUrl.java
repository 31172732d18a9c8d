package io.github.kratosadmin;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Checks and compares the URLs of a Kratos.
 */
final class HttpUrl {

	private HttpUrl() {
	}

	/**
	 * Reads a base URL.
	 * @throws IllegalArgumentException if it is no base URL; the message does not show
	 * user info or a query, where secrets may be
	 */
	static URI parseBase(String name, String text) {
		URI url = parse(name, text);
		String problem = problem(url);
		if (problem != null) {
			throw new IllegalArgumentException(
					name + " must be a URL such as http://localhost:4434, but '" + redact(text) + "' " + problem);
		}
		// Feign knows schemes in lower case only.
		String rest = url.toString().substring(url.getScheme().length()).replaceAll("/+$", "");
		return URI.create(url.getScheme().toLowerCase(Locale.ROOT) + rest);
	}

	/**
	 * Reads a prefix of paths.
	 * @return the prefix, without a slash at its end
	 */
	static String checkPath(String name, String path) {
		String trimmed = path.trim().replaceAll("/+$", "");
		if (!trimmed.isEmpty() && !trimmed.matches("(/[A-Za-z0-9._~-]+)+") || trimmed.matches(".*/\\.{1,2}(/.*)?")) {
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
			return "has user info: remove it, and give credentials as a bearer token or a header";
		}
		if (url.getHost() == null) {
			return "has no host, or one with characters that a host cannot have";
		}
		if (url.getPort() > 65535) {
			return "has a port that does not exist: it must be 1 to 65535";
		}
		if (url.getRawPath().matches(".*/\\.{1,2}(/.*)?")) {
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

	static boolean sameOrigin(URI one, URI other) {
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
