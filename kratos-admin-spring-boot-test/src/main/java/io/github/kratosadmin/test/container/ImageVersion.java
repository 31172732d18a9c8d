package io.github.kratosadmin.test.container;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of Kratos in the tag of an image.
 *
 * @param major the first number
 * @param minor the second number
 */
record ImageVersion(int major, int minor) {

	private static final Pattern TAG = Pattern.compile("v?(\\d{1,4})\\.(\\d{1,4})(?:\\D.*)?");

	/**
	 * Parses a tag. A tag without a version, such as {@code latest}, or a digest counts
	 * as the newest version.
	 */
	static ImageVersion ofTag(String tag) {
		Matcher matcher = TAG.matcher(tag);
		return (matcher.matches())
				? new ImageVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)))
				: new ImageVersion(Integer.MAX_VALUE, 0);
	}

	boolean isAtLeast(int major, int minor) {
		return this.major > major || (this.major == major && this.minor >= minor);
	}

}
