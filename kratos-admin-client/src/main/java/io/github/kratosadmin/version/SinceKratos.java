package io.github.kratosadmin.version;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The first version of Kratos that has an operation, a parameter or a field. Whatever
 * does not have this annotation is in every version from 0.6 on.
 * <p>
 * The client reads this annotation: a call that an older server does not support fails
 * with a {@link io.github.kratosadmin.error.KratosUnsupportedException} before anything
 * is sent.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.METHOD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT })
@Repeatable(SinceKratos.Several.class)
public @interface SinceKratos {

	/**
	 * The version, such as {@code 0.11}.
	 * @return the major and minor version
	 */
	String value();

	/**
	 * Whether older servers ignore it without an error. The version is then read again
	 * for each call that uses it, as the server may have been replaced.
	 * @return {@code true} if older servers ignore it
	 */
	boolean ignoredBefore() default false;

	/**
	 * The path in a JSON Patch that the version applies to, such as {@code /external_id}.
	 * @return the path, empty if the version applies to the whole argument
	 */
	String patchPath() default "";

	/**
	 * Several versions, each for another path of a JSON Patch.
	 */
	@Documented
	@Retention(RetentionPolicy.RUNTIME)
	@Target({ ElementType.METHOD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT })
	@interface Several {

		/**
		 * The versions.
		 * @return the versions
		 */
		SinceKratos[] value();

	}

}
