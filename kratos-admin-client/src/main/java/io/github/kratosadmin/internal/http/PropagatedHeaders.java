package io.github.kratosadmin.internal.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.kratosadmin.internal.redaction.Redaction;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * The headers that continue a trace of the application in Kratos. Their names depend on
 * the application: a field of its baggage may be a header of any name.
 */
public final class PropagatedHeaders {

	private static final String TRACEPARENT = "traceparent";

	private static final Set<String> CREDENTIALS = Set.of("authorization", "cookie");

	/** Headers with nothing but ids, which Kratos has in its log. */
	private static final Set<String> TRACE_IDS = Set.of(TRACEPARENT, "tracestate", "b3", "x-b3-traceid", "x-b3-spanid",
			"x-b3-parentspanid", "x-b3-sampled", "x-b3-flags", "x-request-id");

	/** Version 00 of the header. Its flags are in the last group. */
	private static final Pattern TRACEPARENT_00 = Pattern.compile("(00-[0-9a-f]{32}-[0-9a-f]{16}-)([0-9a-f]{2})");

	private PropagatedHeaders() {
	}

	/**
	 * Selects the headers that may be sent. The values of baggage are redacted in the
	 * messages of the current call, as they may be personal.
	 * @param headers the headers of the application, {@code null} for none
	 * @return the headers without credentials, headers of the client and invalid ones
	 */
	public static Map<String, String> of(@Nullable Map<String, String> headers) {
		if (headers == null || headers.isEmpty()) {
			return Map.of();
		}
		Map<String, String> allowed = new LinkedHashMap<>();
		headers.forEach((name, value) -> {
			String lowerCase = name.toLowerCase(Locale.ROOT);
			if (isAllowed(lowerCase, value)) {
				allowed.put(lowerCase, TRACEPARENT.equals(lowerCase) ? withSampledFlagOnly(value) : value);
				if (!TRACE_IDS.contains(lowerCase)) {
					Redaction.addPersonal(values(value));
				}
			}
		});
		return allowed;
	}

	/**
	 * Kratos up to 26.2 ignores a version 00 with another flag, and starts a trace of its
	 * own. OpenTelemetry sets the flag for random ids.
	 */
	private static String withSampledFlagOnly(String traceparent) {
		Matcher matcher = TRACEPARENT_00.matcher(traceparent);
		return matcher.matches()
				? matcher.group(1) + (((Integer.parseInt(matcher.group(2), 16) & 1) != 0) ? "01" : "00") : traceparent;
	}

	private static boolean isAllowed(String name, String value) {
		try {
			AdminHeaders.check(name, value);
			return !CREDENTIALS.contains(name);
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	/**
	 * The values in a header, such as those of {@code user=a%40b.test,tenant=blue}.
	 */
	private static List<String> values(String header) {
		List<String> values = new ArrayList<>();
		values.add(header);
		for (String part : StringUtils.tokenizeToStringArray(header, " \t,;")) {
			String value = part.substring(part.indexOf('=') + 1);
			values.add(value);
			values.add(decode(value));
		}
		return values;
	}

	private static String decode(String value) {
		try {
			return StringUtils.uriDecode(value, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return value;
		}
	}

}
