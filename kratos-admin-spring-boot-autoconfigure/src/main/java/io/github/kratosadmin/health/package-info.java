/**
 * Health check for Kratos.
 */
@NullMarked
package io.github.kratosadmin.health;

import org.jspecify.annotations.NullMarked;
