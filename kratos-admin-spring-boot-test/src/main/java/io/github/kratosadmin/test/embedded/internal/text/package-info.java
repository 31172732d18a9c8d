/**
 * How does Kratos, being written in Go, write JSON, ids, times, texts and tokens?
 */
@NullMarked
package io.github.kratosadmin.test.embedded.internal.text;

import org.jspecify.annotations.NullMarked;
