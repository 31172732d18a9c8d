/**
 * Auto-configuration for the Kratos health check.
 */
@NullMarked
package io.github.kratosadmin.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
