/**
 * Auto-configuration for the Kratos admin client.
 */
@NullMarked
package io.github.kratosadmin.autoconfigure;

import org.jspecify.annotations.NullMarked;
