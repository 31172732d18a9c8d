/**
 * Kratos in the info endpoint.
 */
@NullMarked
package io.github.kratosadmin.info;

import org.jspecify.annotations.NullMarked;
