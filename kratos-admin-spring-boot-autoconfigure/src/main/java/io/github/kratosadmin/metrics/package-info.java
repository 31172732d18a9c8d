/**
 * Metrics of the client for Kratos.
 */
@NullMarked
package io.github.kratosadmin.metrics;

import org.jspecify.annotations.NullMarked;
