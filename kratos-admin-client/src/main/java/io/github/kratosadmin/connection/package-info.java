/**
 * What a connection to Kratos is made with: bearer tokens and TLS.
 */
@NullMarked
package io.github.kratosadmin.connection;

import org.jspecify.annotations.NullMarked;
