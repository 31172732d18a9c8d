/**
 * Settings of the connection to Kratos: bearer tokens and TLS.
 */
@NullMarked
package io.github.kratosadmin.connection;

import org.jspecify.annotations.NullMarked;
