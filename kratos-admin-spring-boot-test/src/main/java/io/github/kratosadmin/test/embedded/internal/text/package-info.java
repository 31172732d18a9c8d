/**
 * Reads and writes JSON, ids, times and texts as Kratos does, which is written in Go.
 */
@NullMarked
package io.github.kratosadmin.test.embedded.internal.text;

import org.jspecify.annotations.NullMarked;
