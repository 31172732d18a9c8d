/**
 * Identity schemas.
 */
@NullMarked
package io.github.kratosadmin.schema;

import org.jspecify.annotations.NullMarked;
