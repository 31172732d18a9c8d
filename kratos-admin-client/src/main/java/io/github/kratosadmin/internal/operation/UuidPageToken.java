package io.github.kratosadmin.internal.operation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a page token that is a UUID in some versions of Kratos. These respond to any
 * other token with an empty page or 500, so a list that begins with another list's token
 * would seem to be empty.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface UuidPageToken {

	/**
	 * The first version with such tokens.
	 * @return the major and minor version
	 */
	String from();

	/**
	 * The last version with such tokens.
	 * @return the major and minor version
	 */
	String to();

}
