package io.github.kratosadmin.internal.operation;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The major and minor version of Kratos: 0.13 was followed by 1.0, and 1.3 by 25.4.
 *
 * @param major the major version
 * @param minor the minor version
 */
public record KratosVersion(int major, int minor) implements Comparable<KratosVersion> {

	private static final Pattern TEXT = Pattern.compile("v?(\\d{1,6})\\.(\\d{1,6})(?:[.+-].*)?");

	/**
	 * Parses a version.
	 * @return the version, or {@code null} if the text is not a version, such as
	 * {@code master}
	 */
	public static @Nullable KratosVersion parse(String text) {
		Matcher matcher = TEXT.matcher(text.strip());
		return matcher.matches()
				? new KratosVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))) : null;
	}

	/**
	 * Parses a valid version.
	 * @throws IllegalArgumentException if the text is not a version
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
