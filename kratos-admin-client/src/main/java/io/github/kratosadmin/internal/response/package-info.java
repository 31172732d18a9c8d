/**
 * How does a response become the result of an operation, or an exception?
 */
@NullMarked
package io.github.kratosadmin.internal.response;

import org.jspecify.annotations.NullMarked;
