/**
 * Measures the time that the starter adds to the start of a web application.
 */
@NullMarked
package io.github.kratosadmin.benchmarks.startup;

import org.jspecify.annotations.NullMarked;
