package io.github.kratosadmin.internal.operation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An operation whose result does not tell whose it is. It is sent on a new connection: a
 * late response to an earlier request on a used one would be taken for its own.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnNewConnection {

}
