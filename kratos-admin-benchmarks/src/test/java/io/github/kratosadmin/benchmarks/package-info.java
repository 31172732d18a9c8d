/**
 * Measures the client beside others, against a server that sends constant bytes.
 */
@NullMarked
package io.github.kratosadmin.benchmarks;

import org.jspecify.annotations.NullMarked;
