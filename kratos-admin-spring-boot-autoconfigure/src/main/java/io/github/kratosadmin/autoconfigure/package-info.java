/**
 * Auto-configuration of the client for the admin API of Kratos.
 */
@NullMarked
package io.github.kratosadmin.autoconfigure;

import org.jspecify.annotations.NullMarked;
