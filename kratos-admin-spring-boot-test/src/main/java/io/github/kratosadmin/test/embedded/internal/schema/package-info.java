/**
 * Which identity schemas does Kratos accept, and which traits fit one?
 */
@NullMarked
package io.github.kratosadmin.test.embedded.internal.schema;

import org.jspecify.annotations.NullMarked;
