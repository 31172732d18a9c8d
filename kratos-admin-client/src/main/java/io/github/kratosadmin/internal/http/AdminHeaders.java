package io.github.kratosadmin.internal.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;

import io.github.kratosadmin.connection.BearerTokenProvider;
import io.github.kratosadmin.internal.operation.ActiveCalls;
import io.github.kratosadmin.internal.operation.CallerContext;
import io.github.kratosadmin.internal.redaction.Redaction;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.util.StringUtils;

/**
 * The headers for the admin API only, such as the bearer token.
 */
public class AdminHeaders {

	private static final String BEARER = "Bearer ";

	/** Headers that the client sets, in addition to those of a body or proxy. */
	private static final Set<String> RESERVED = Set.of("host", "transfer-encoding", "connection", "keep-alive",
			"accept", "accept-charset", "accept-encoding", "expect", "te", "trailer", "upgrade", "http2-settings",
			"x-session-token");

	private static final List<String> RESERVED_PREFIXES = List.of("content-", "proxy-");

	/** Headers that change a request, or make its response partial or empty. */
	private static final Set<String> OF_SINGLE_REQUESTS = Set.of("range", "if-range", "if-match", "if-none-match",
			"if-modified-since", "if-unmodified-since", "max-forwards", "x-http-method", "x-http-method-override",
			"x-method-override");

	private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^{}]+}");

	private static final String NAME_CHARS = "!#$%&'*+.^_`|~0-9A-Za-z-";

	private static final Pattern NAME = Pattern.compile("[" + NAME_CHARS + "]+");

	private final Map<String, String> headers;

	private final @Nullable BearerTokens tokens;

	private final CallerContext context;

	/**
	 * Creates the headers.
	 * @param headers the configured headers
	 * @param bearerTokenProvider provides the bearer token, {@code null} for none
	 * @param registry the registry of the observations
	 * @param calls the active calls, whose time limits the provider
	 * @param executor runs the tasks of calls, {@code null} for threads of the client
	 */
	public AdminHeaders(Map<String, String> headers, @Nullable BearerTokenProvider bearerTokenProvider,
			ObservationRegistry registry, ActiveCalls calls, @Nullable Executor executor) {
		this.headers = Map.copyOf(headers);
		boolean renewable = bearerTokenProvider != null && !(bearerTokenProvider instanceof ConfiguredToken);
		BearerTokens tokens = (bearerTokenProvider != null) ? new BearerTokens(bearerTokenProvider, calls) : null;
		this.tokens = tokens;
		this.context = new CallerContext(() -> (tokens != null) ? tokens.get() : null, renewable, registry, executor);
	}

	/**
	 * The headers for a request of this thread.
	 */
	Map<String, String> get() {
		this.headers.forEach(AdminHeaders::addSecrets);
		String token = this.context.token();
		if (token == null) {
			return this.headers;
		}
		Redaction.addSecrets(List.of(token));
		Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		all.putAll(this.headers);
		all.put(HttpHeaders.AUTHORIZATION, BEARER + token);
		return all;
	}

	/**
	 * Tells the provider of the token that the server has refused it.
	 * @param headers the headers of the refused request
	 * @return whether the provider may have another token for this thread
	 */
	boolean refused(Map<String, String> headers) {
		BearerTokens tokens = this.tokens;
		String authorization = headers.get(HttpHeaders.AUTHORIZATION);
		if (tokens == null || authorization == null || !this.context.hasRenewableToken()) {
			return false;
		}
		tokens.refused(authorization.substring(BEARER.length()));
		return !this.context.hasHandedOverToken();
	}

	/**
	 * The context that supplies the token, and hands it and the observation over to other
	 * threads.
	 */
	public CallerContext context() {
		return this.context;
	}

	/**
	 * Adds the value of a header to the secrets of the current call.
	 */
	public static void addSecrets(String name, String value) {
		// Kratos returns the request id in its errors and has it in its log.
		if (!name.equalsIgnoreCase(HttpTransport.REQUEST_ID)) {
			Redaction.addSecrets(secrets(name, value));
		}
	}

	/**
	 * The secrets of a header: its value, and each of its parts, such as a cookie, as
	 * these may appear separately. The scheme before credentials is not a secret.
	 */
	private static List<String> secrets(String name, String value) {
		String secret = value;
		if (name.toLowerCase(Locale.ROOT).endsWith("authorization")) {
			secret = value.substring(value.indexOf(' ') + 1);
		}
		List<String> secrets = new ArrayList<>();
		secrets.add(secret);
		for (String part : StringUtils.tokenizeToStringArray(secret, " \t,;")) {
			String parameter = part.substring(part.indexOf('=') + 1);
			secrets.add(parameter.isEmpty() ? part : StringUtils.replace(parameter, "\"", ""));
		}
		if (StringUtils.startsWithIgnoreCase(value, "Basic ")) {
			secrets.add(password(secret));
		}
		return secrets;
	}

	private static String password(String basic) {
		try {
			String both = new String(Base64.getDecoder().decode(basic.strip()), StandardCharsets.UTF_8);
			return both.substring(both.indexOf(':') + 1);
		}
		catch (IllegalArgumentException ex) {
			return basic;
		}
	}

	public static void checkToken(@Nullable String token) {
		if (token == null || token.isBlank() || !token.chars().allMatch((c) -> c > ' ' && c < 127)) {
			// The token itself is not shown.
			throw new IllegalArgumentException("The bearer token must consist of visible ASCII characters, without "
					+ "a 'Bearer' prefix, but " + ((token == null || token.isBlank()) ? "is missing" : "does not"));
		}
		checkResolved("The bearer token", token);
	}

	public static void check(String name, String value) {
		if (!NAME.matcher(name).matches()) {
			// The text after the name, such as ": value", is not shown.
			throw new IllegalArgumentException(
					"'" + name.replaceAll("(?s)[^" + NAME_CHARS + "].*", "...") + "' is not a valid header name");
		}
		String lowerCase = name.toLowerCase(Locale.ROOT);
		if (RESERVED.contains(lowerCase) || RESERVED_PREFIXES.stream().anyMatch(lowerCase::startsWith)) {
			throw new IllegalArgumentException("The header '" + name + "' is set by the client itself");
		}
		if (OF_SINGLE_REQUESTS.contains(lowerCase)) {
			throw new IllegalArgumentException("The header '" + name
					+ "' must not be sent with every request, as it changes the request or its response");
		}
		if (value.chars().anyMatch((c) -> c < ' ' && c != '\t' || c > 126)) {
			throw new IllegalArgumentException("The value of the header '" + name
					+ "' must consist of visible ASCII characters and spaces on one line");
		}
		checkResolved("The value of the header '" + name + "'", value);
	}

	/**
	 * Checks a header of an interceptor, which must not replace one of these headers.
	 * @throws IllegalArgumentException if it must not be sent
	 */
	public void checkAdditional(String name, String value) {
		check(name, value);
		if (name.equalsIgnoreCase(HttpHeaders.AUTHORIZATION)
				|| this.headers.keySet().stream().anyMatch(name::equalsIgnoreCase)) {
			throw new IllegalArgumentException("An interceptor must not set the header '" + name
					+ "': set it with the bearer token or the headers of the client");
		}
	}

	/**
	 * Rejects a value with an unresolved placeholder.
	 */
	public static void checkResolved(String name, String value) {
		if (value.contains("${") && PLACEHOLDER.matcher(value).find()) {
			// The rest of the value may be secret.
			throw new IllegalArgumentException(name + " contains an unresolved placeholder, ${...}: set "
					+ "the property or environment variable that it refers to");
		}
	}

}
