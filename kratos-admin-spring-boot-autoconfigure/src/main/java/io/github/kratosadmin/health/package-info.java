/**
 * Health check of Kratos.
 */
@NullMarked
package io.github.kratosadmin.health;

import org.jspecify.annotations.NullMarked;
