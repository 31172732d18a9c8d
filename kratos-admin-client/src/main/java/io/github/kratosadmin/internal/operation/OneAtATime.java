package io.github.kratosadmin.internal.operation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a change of the identity whose id is the first argument. Kratos does not lock the
 * identity, so this client sends only one change of the same identity at a time.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OneAtATime {

}
