package io.github.kratosadmin.internal.operation;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A version of Kratos: 0.13 was followed by 1.0, and 1.3 by 25.4.
 *
 * @param major the major version
 * @param minor the minor version
 * @param patch the patch, which only matters to what is in no release yet
 */
public record KratosVersion(int major, int minor, int patch) implements Comparable<KratosVersion> {

	private static final Pattern TEXT = Pattern.compile("v?(\\d{1,6})\\.(\\d{1,6})(?:\\.(\\d+))?(?:[.+-].*)?");

	private static final int MAX_DIGITS = 9;

	/**
	 * Creates the first version of a minor version.
	 */
	public KratosVersion(int major, int minor) {
		this(major, minor, 0);
	}

	/**
	 * Parses a version.
	 * @return the version, or {@code null} if the text is not a version, such as
	 * {@code master}
	 */
	public static @Nullable KratosVersion parse(String text) {
		Matcher matcher = TEXT.matcher(text.strip());
		return matcher.matches() ? new KratosVersion(Integer.parseInt(matcher.group(1)),
				Integer.parseInt(matcher.group(2)), patch(matcher.group(3))) : null;
	}

	/**
	 * A patch may have the digits of a date and time.
	 */
	private static int patch(@Nullable String digits) {
		if (digits == null) {
			return 0;
		}
		return (digits.length() > MAX_DIGITS) ? Integer.MAX_VALUE : Integer.parseInt(digits);
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

	/**
	 * Whether both have the same major and minor version.
	 */
	public boolean hasSameMinor(KratosVersion other) {
		return this.major == other.major && this.minor == other.minor;
	}

	@Override
	public int compareTo(KratosVersion other) {
		if (!hasSameMinor(other)) {
			return (this.major != other.major) ? Integer.compare(this.major, other.major)
					: Integer.compare(this.minor, other.minor);
		}
		return Integer.compare(this.patch, other.patch);
	}

	/**
	 * The major and minor version.
	 */
	@Override
	public String toString() {
		return this.major + "." + this.minor;
	}

}
