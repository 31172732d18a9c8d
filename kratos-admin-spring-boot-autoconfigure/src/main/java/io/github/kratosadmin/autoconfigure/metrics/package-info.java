/**
 * Auto-configuration for the metrics of the client for Kratos.
 */
@NullMarked
package io.github.kratosadmin.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;
