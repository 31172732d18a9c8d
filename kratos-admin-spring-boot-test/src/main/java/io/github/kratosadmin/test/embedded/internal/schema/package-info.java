/**
 * Stores identity schemas, validates traits against them, and handles the requests for
 * them.
 */
@NullMarked
package io.github.kratosadmin.test.embedded.internal.schema;

import org.jspecify.annotations.NullMarked;
