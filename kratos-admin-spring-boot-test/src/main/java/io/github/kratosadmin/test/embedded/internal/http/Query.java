package io.github.kratosadmin.test.embedded.internal.http;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * The parameters of a URL, parsed and written as Go does.
 */
public final class Query {

	private final SortedMap<String, List<String>> values = new TreeMap<>();

	public static Query parse(@Nullable String raw) {
		Query query = new Query();
		if (raw != null) {
			for (String pair : raw.split("&")) {
				query.add(pair);
			}
		}
		return query;
	}

	private void add(String pair) {
		if (pair.isEmpty()) {
			return;
		}
		int equals = pair.indexOf('=');
		try {
			String name = decode((equals >= 0) ? pair.substring(0, equals) : pair);
			String value = (equals >= 0) ? decode(pair.substring(equals + 1)) : "";
			this.values.computeIfAbsent(name, (key) -> new ArrayList<>()).add(value);
		}
		catch (IllegalArgumentException ex) {
			// Go ignores parameters that it cannot decode.
		}
	}

	private static String decode(String text) {
		return URLDecoder.decode(text, StandardCharsets.UTF_8);
	}

	public boolean has(String name) {
		return this.values.containsKey(name);
	}

	/**
	 * The first value of a parameter, empty if there is none.
	 */
	public String first(String name) {
		List<String> all = all(name);
		return all.isEmpty() ? "" : all.get(0);
	}

	public List<String> all(String name) {
		return this.values.getOrDefault(name, List.of());
	}

	public Query with(String name, String value) {
		Query query = copy();
		query.values.put(name, List.of(value));
		return query;
	}

	public Query without(String name) {
		Query query = copy();
		query.values.remove(name);
		return query;
	}

	private Query copy() {
		Query query = new Query();
		query.values.putAll(this.values);
		return query;
	}

	/**
	 * Sorted by name.
	 */
	@Override
	public String toString() {
		StringJoiner joiner = new StringJoiner("&");
		this.values.forEach((name, all) -> all.forEach((value) -> joiner.add(encode(name) + "=" + encode(value))));
		return joiner.toString();
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("*", "%2A").replace("%7E", "~");
	}

}
