/**
 * The exceptions that failed calls throw.
 */
@NullMarked
package io.github.kratosadmin.error;

import org.jspecify.annotations.NullMarked;
