/**
 * Measures what the starter adds to the time that a web application takes to start.
 */
@NullMarked
package io.github.kratosadmin.benchmarks.startup;

import org.jspecify.annotations.NullMarked;
