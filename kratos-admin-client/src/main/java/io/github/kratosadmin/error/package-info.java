/**
 * Which exception does a failed call throw?
 */
@NullMarked
package io.github.kratosadmin.error;

import org.jspecify.annotations.NullMarked;
