/**
 * Auto-configuration of the health check of Kratos.
 */
@NullMarked
package io.github.kratosadmin.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
