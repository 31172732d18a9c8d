package io.github.kratosadmin.internal.redaction;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import tools.jackson.databind.json.JsonMapper;

import org.springframework.web.util.HtmlUtils;
import org.springframework.web.util.UriUtils;

/**
 * The ways in which servers encode values of a request in a response.
 */
enum Encoding {

	RAW(UnaryOperator.identity()),

	UPPER_CASE((text) -> text.toUpperCase(Locale.ROOT)),

	LOWER_CASE((text) -> text.toLowerCase(Locale.ROOT)),

	ONE_LINE((text) -> text.replaceAll("\\s+", " ")),

	JSON(Encoding::json),

	JSON_UNICODE((text) -> hex(text, "\\u%04x")),

	JSON_UNICODE_UPPER((text) -> hex(text, "\\u%04X")),

	JSON_SLASHES((text) -> json(text).replace("/", "\\/")),

	GO_JSON((text) -> json(text).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")),

	GO_QUOTED((text) -> json(text).replace("\u00e9", "\\u00e9")),

	HTML_NAMED((text) -> HtmlUtils.htmlEscape(text)),

	HTML_DECIMAL((text) -> HtmlUtils.htmlEscapeDecimal(text)),

	HTML_HEX((text) -> HtmlUtils.htmlEscapeHex(text)),

	HTML_GO((text) -> text.replace("&", "&amp;")
		.replace("<", "&lt;")
		.replace(">", "&gt;")
		.replace("\"", "&#34;")
		.replace("'", "&#39;")
		.replace("+", "&#43;")),

	HTML_ALL((text) -> text.codePoints().mapToObj((c) -> "&#" + c + ";").collect(Collectors.joining())),

	FORM((text) -> URLEncoder.encode(text, StandardCharsets.UTF_8)),

	URL((text) -> UriUtils.encode(text, StandardCharsets.UTF_8)),

	URL_LOWER((text) -> lowerHex(UriUtils.encode(text, StandardCharsets.UTF_8))),

	URL_PATH((text) -> UriUtils.encodePath(text, StandardCharsets.UTF_8)),

	URL_ALL((text) -> {
		StringBuilder encoded = new StringBuilder();
		for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
			encoded.append("%%%02X".formatted(octet & 0xff));
		}
		return encoded.toString();
	}),

	BASE64((text) -> Base64.getEncoder().encodeToString(bytes(text))),

	BASE64_AFTER_ONE((text) -> Base64.getEncoder().encodeToString(bytes("u" + text + "xy"))),

	BASE64_AFTER_TWO((text) -> Base64.getEncoder().encodeToString(bytes("a:" + text + "x"))),

	BASE64_JSON((text) -> Base64.getEncoder().encodeToString(bytes(json(text)))),

	BASE64_GO_JSON((text) -> Base64.getEncoder()
		.encodeToString(bytes(json(text).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")))),

	BASE64_URL((text) -> Base64.getUrlEncoder().encodeToString(bytes(text))),

	BASE64_URL_UNPADDED((text) -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes("user:" + text)));

	private final UnaryOperator<String> encoder;

	Encoding(UnaryOperator<String> encoder) {
		this.encoder = encoder;
	}

	String encode(String text) {
		return this.encoder.apply(text);
	}

	boolean isBase64() {
		return name().startsWith("BASE64");
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static String json(String text) {
		String json = JsonMapper.shared().writeValueAsString(text);
		return json.substring(1, json.length() - 1);
	}

	private static String hex(String text, String format) {
		return text.chars().mapToObj(format::formatted).collect(Collectors.joining());
	}

	private static String lowerHex(String encoded) {
		StringBuilder lower = new StringBuilder(encoded);
		for (int i = encoded.indexOf('%'); i != -1; i = encoded.indexOf('%', i + 3)) {
			lower.replace(i, i + 3, encoded.substring(i, i + 3).toLowerCase(Locale.ROOT));
		}
		return lower.toString();
	}

}
