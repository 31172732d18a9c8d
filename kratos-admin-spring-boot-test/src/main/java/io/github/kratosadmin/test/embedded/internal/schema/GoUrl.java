package io.github.kratosadmin.test.embedded.internal.schema;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Parses URLs as Go does, which accepts almost any text.
 */
final class GoUrl {

	private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1F\\x7F]");

	private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(.*)");

	private static final Pattern USER_INFO = Pattern.compile("[A-Za-z0-9._:~!$&'()*+,;=%@-]*");

	/** In a host only characters beyond ASCII are encoded. */
	private static final Pattern HOST = Pattern
		.compile("(?:[A-Za-z0-9!$&'()*+,;=:\\[\\]<>\"._~\\x{80}-\\x{10FFFF}-]|%25|%[89A-Fa-f][0-9A-Fa-f])*+");

	private static final Pattern PORT = Pattern.compile("(?::[0-9]*)?");

	private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

	private static final Pattern NESTED_EXPRESSION = Pattern.compile("\\{[^}/]*\\{|(?:^|/|})[^{/]*}|\\{[^}/]*(?:/|$)");

	private GoUrl() {
	}

	static boolean isUrl(String value) {
		return parse(value) != null;
	}

	static boolean isAbsolute(String value) {
		Parts parts = parse(value);
		return parts != null && parts.absolute();
	}

	/**
	 * Whether expressions are closed and not nested. The validator checks the path only.
	 */
	static boolean isTemplate(String value) {
		Parts parts = parse(value);
		return parts != null && !NESTED_EXPRESSION.matcher(parts.path()).find();
	}

	private static @Nullable Parts parse(String value) {
		int hash = value.indexOf('#');
		String url = (hash != -1) ? value.substring(0, hash) : value;
		if (CONTROL.matcher(url).find() || (hash != -1 && BAD_ESCAPE.matcher(value.substring(hash)).find())
				|| url.startsWith(":")) {
			return null;
		}
		Matcher scheme = SCHEME.matcher(url);
		boolean absolute = scheme.matches();
		String rest = absolute ? scheme.group(2) : url;
		int question = rest.indexOf('?');
		rest = (question != -1) ? rest.substring(0, question) : rest;
		if (!rest.startsWith("/")) {
			return parseRootless(absolute, rest);
		}
		String path = rest;
		if (rest.startsWith("//") && (absolute || !rest.startsWith("///"))) {
			int slash = rest.indexOf('/', 2);
			path = (slash != -1) ? rest.substring(slash) : "";
			if (!isAuthority((slash != -1) ? rest.substring(2, slash) : rest.substring(2))) {
				return null;
			}
		}
		return BAD_ESCAPE.matcher(path).find() ? null : new Parts(absolute, path);
	}

	private static @Nullable Parts parseRootless(boolean absolute, String rest) {
		if (absolute) {
			return new Parts(true, "");
		}
		int slash = rest.indexOf('/');
		String first = (slash != -1) ? rest.substring(0, slash) : rest;
		return (first.contains(":") || BAD_ESCAPE.matcher(rest).find()) ? null : new Parts(false, rest);
	}

	private static boolean isAuthority(String authority) {
		int at = authority.lastIndexOf('@');
		String host = authority.substring(at + 1);
		if (at != -1) {
			String userInfo = authority.substring(0, at);
			if (!USER_INFO.matcher(userInfo).matches() || BAD_ESCAPE.matcher(userInfo).find()) {
				return false;
			}
		}
		int bracket = host.lastIndexOf(']');
		if (host.startsWith("[") && bracket == -1) {
			return false;
		}
		int colon = host.startsWith("[") ? bracket + 1 : host.lastIndexOf(':');
		return HOST.matcher(host).matches() && (colon == -1 || PORT.matcher(host.substring(colon)).matches());
	}

	/**
	 * The parts of a URL that matter for a format.
	 *
	 * @param absolute whether it has a scheme
	 * @param path its path
	 */
	private record Parts(boolean absolute, String path) {

	}

}
