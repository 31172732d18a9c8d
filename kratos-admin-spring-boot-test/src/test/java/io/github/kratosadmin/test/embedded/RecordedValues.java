package io.github.kratosadmin.test.embedded;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares recorded values with actual ones. Generated ids and tokens differ, and so do
 * times: each recorded one is mapped to the actual one in its place, and must match it in
 * every later comparison.
 */
final class RecordedValues {

	/**
	 * A picture, a secret, the hash of a password, an id, a token with or without a
	 * prefix, a code. Long patterns come first, as they can contain a short one.
	 */
	private static final Pattern GENERATED = Pattern
		.compile("data:image/png;base64,[A-Za-z0-9+/]+=*|[A-Za-z0-9+/]{86}==|\\$2a\\$04\\$[./A-Za-z0-9]{53}"
				+ "|\\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b|\\b(ory_st_)?[A-Za-z0-9]{32}\\b"
				+ "|\\b[0-9]{6}\\b");

	private static final Pattern AGO = Pattern.compile("\\d+\\.\\d\\d minutes ago");

	private static final Pattern TIME = Pattern.compile("20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?Z");

	private final Map<String, String> actualByRecorded = new HashMap<>();

	private final Map<String, String> recordedByActual = new HashMap<>();

	private final Map<String, String> times = new HashMap<>();

	/**
	 * Maps a recorded value to the actual one.
	 */
	void map(String recorded, String actual) {
		assertThat(this.actualByRecorded.computeIfAbsent(recorded, (key) -> actual)).as("actual value of %s", recorded)
			.isEqualTo(actual);
		assertThat(this.recordedByActual.computeIfAbsent(actual, (key) -> recorded)).as("recorded value of %s", actual)
			.isEqualTo(recorded);
	}

	/**
	 * The actual value of a recorded one.
	 */
	String actual(String recorded) {
		assertThat(this.actualByRecorded).containsKey(recorded);
		return this.actualByRecorded.get(recorded);
	}

	/**
	 * Replaces the recorded values in a text by the actual ones.
	 */
	String translate(String recorded) {
		return GENERATED.matcher(recorded)
			.replaceAll((match) -> Matcher
				.quoteReplacement(this.actualByRecorded.getOrDefault(match.group(), match.group())));
	}

	/**
	 * Asserts that an actual text is the recorded one.
	 */
	void assertSame(String place, String recorded, String actual) {
		if (TIME.matcher(recorded).matches()) {
			assertThat(actual).as(place).matches(TIME);
			assertThat(this.times.computeIfAbsent(recorded, (key) -> actual)).as(place + ": the time of " + recorded)
				.isEqualTo(actual);
			return;
		}
		assertThat(withoutGenerated(actual)).as(place).isEqualTo(withoutGenerated(recorded));
		String[] recordedValues = generated(recorded);
		String[] actualValues = generated(actual);
		for (int i = 0; i < recordedValues.length; i++) {
			map(recordedValues[i], actualValues[i]);
		}
	}

	private static String withoutGenerated(String text) {
		return AGO.matcher(GENERATED.matcher(text).replaceAll("*")).replaceAll("* minutes ago");
	}

	private static String[] generated(String text) {
		Stream<MatchResult> matches = GENERATED.matcher(text).results();
		return matches.map(MatchResult::group).toArray(String[]::new);
	}

	/**
	 * Asserts that actual JSON is the recorded one.
	 * @param ignored the pointers of values that are not compared
	 */
	void assertSame(String place, JsonNode recorded, JsonNode actual, Set<String> ignored) {
		if (ignored.contains(place)) {
			assertThat(actual.getNodeType()).as(place).isEqualTo(recorded.getNodeType());
			return;
		}
		assertThat(actual.getNodeType()).as(place + " in " + actual).isEqualTo(recorded.getNodeType());
		if (recorded.isObject()) {
			assertThat(new TreeSet<>(actual.propertyNames())).as("fields of " + place)
				.isEqualTo(new TreeSet<>(recorded.propertyNames()));
			recorded.forEachEntry((name, value) -> assertSame(place + "/" + name, value, actual.path(name), ignored));
		}
		else if (recorded.isArray()) {
			assertThat(actual.size()).as("size of " + place).isEqualTo(recorded.size());
			for (int i = 0; i < recorded.size(); i++) {
				assertSame(place + "/" + i, recorded.path(i), actual.path(i), ignored);
			}
		}
		else if (recorded.isString()) {
			assertSame(place, recorded.asString(), actual.asString());
		}
		else {
			assertThat(actual).as(place).isEqualTo(recorded);
		}
	}

}
