/**
 * Checks identity schemas, and traits against them.
 */
@NullMarked
package io.github.kratosadmin.test.embedded.internal.schema;

import org.jspecify.annotations.NullMarked;
