/**
 * Health, version and metrics of Kratos.
 */
@NullMarked
package io.github.kratosadmin.metadata;

import org.jspecify.annotations.NullMarked;
