/**
 * Compares the client with others on a server with constant responses.
 */
@NullMarked
package io.github.kratosadmin.benchmarks;

import org.jspecify.annotations.NullMarked;
