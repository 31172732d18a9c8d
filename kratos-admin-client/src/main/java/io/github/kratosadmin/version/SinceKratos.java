package io.github.kratosadmin.version;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The first version of Kratos that has an operation, a parameter or a field of a request.
 * Without this annotation, Kratos 0.6 and later has it.
 * <p>
 * The client reads this annotation. A call that an older server does not support fails
 * with a {@link io.github.kratosadmin.error.KratosUnsupportedException} before anything
 * is sent.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.METHOD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT })
@Repeatable(SinceKratos.Several.class)
public @interface SinceKratos {

	/**
	 * Returns the version, such as {@code 0.11}. What the main branch of Kratos has, but
	 * no release, is {@code after} the newest release, such as {@code after 26.2}: a
	 * later patch of that release also counts as having it.
	 * @return the major and minor version, possibly with {@code after}
	 */
	String value();

	/**
	 * Returns whether older servers ignore the element without an error. If so, the
	 * client reads the version of the server again for each call with it, because the
	 * server may have been replaced.
	 * @return {@code true} if older servers ignore it
	 */
	boolean ignoredBefore() default false;

	/**
	 * Returns the path in a JSON Patch that the version applies to, such as
	 * {@code /external_id}.
	 * @return the path, empty if the version applies to the whole argument
	 */
	String patchPath() default "";

	/**
	 * Several versions, each for a different path of a JSON Patch.
	 */
	@Documented
	@Retention(RetentionPolicy.RUNTIME)
	@Target({ ElementType.METHOD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT })
	@interface Several {

		/**
		 * Returns the versions.
		 * @return the versions
		 */
		SinceKratos[] value();

	}

}
