package io.github.kratosadmin.internal.operation;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A version of Kratos, as far as it matters: 0.13 came before 1.0, and 25.4 after 1.3.
 *
 * @param major the first number
 * @param minor the second number
 */
public record KratosVersion(int major, int minor) implements Comparable<KratosVersion> {

	private static final Pattern TEXT = Pattern.compile("v?(\\d{1,6})\\.(\\d{1,6})(?:[.+-].*)?");

	/**
	 * Reads a version.
	 * @return the version, or {@code null} if the text is none, such as {@code master}
	 */
	public static @Nullable KratosVersion parse(String text) {
		Matcher matcher = TEXT.matcher(text.strip());
		return matcher.matches()
				? new KratosVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))) : null;
	}

	/**
	 * A version that is known to be one.
	 * @throws IllegalArgumentException if the text is none
	 */
	static KratosVersion of(String text) {
		KratosVersion version = parse(text);
		if (version == null) {
			throw new IllegalArgumentException("'" + text + "' is not a version of Kratos");
		}
		return version;
	}

	@Override
	public int compareTo(KratosVersion other) {
		return (this.major != other.major) ? Integer.compare(this.major, other.major)
				: Integer.compare(this.minor, other.minor);
	}

	@Override
	public String toString() {
		return this.major + "." + this.minor;
	}

}
