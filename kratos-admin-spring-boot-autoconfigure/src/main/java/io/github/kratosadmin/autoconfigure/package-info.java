/**
 * Auto-configuration of the client for the Kratos admin API.
 */
@NullMarked
package io.github.kratosadmin.autoconfigure;

import org.jspecify.annotations.NullMarked;
