/**
 * Auto-configuration for Kratos in the info endpoint.
 */
@NullMarked
package io.github.kratosadmin.autoconfigure.info;

import org.jspecify.annotations.NullMarked;
