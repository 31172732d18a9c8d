/**
 * Interceptors, which run before and after each operation.
 */
@NullMarked
package io.github.kratosadmin.interceptor;

import org.jspecify.annotations.NullMarked;
