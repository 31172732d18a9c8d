/**
 * Health, version and metrics of a Kratos.
 */
@NullMarked
package io.github.kratosadmin.metadata;

import org.jspecify.annotations.NullMarked;
