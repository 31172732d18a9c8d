package io.github.kratosadmin.internal.operation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an operation whose result does not show which request it belongs to. It is sent
 * on a new connection, as a reused one may still deliver a late response to an earlier
 * request.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnNewConnection {

}
