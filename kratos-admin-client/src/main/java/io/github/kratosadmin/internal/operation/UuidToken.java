package io.github.kratosadmin.internal.operation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A page token that is a UUID in some versions of Kratos. These answer to any other token
 * as if it came after the last page, or with 500: a list that begins with a token of
 * something else would seem to be empty.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface UuidToken {

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
