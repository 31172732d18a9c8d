/**
 * Which code of the application runs before and after an operation?
 */
@NullMarked
package io.github.kratosadmin.interceptor;

import org.jspecify.annotations.NullMarked;
