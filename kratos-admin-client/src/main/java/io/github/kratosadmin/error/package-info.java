/**
 * What a failed call throws.
 */
@NullMarked
package io.github.kratosadmin.error;

import org.jspecify.annotations.NullMarked;
