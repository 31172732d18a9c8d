/**
 * What a call is: its operation, arguments, deadline, and the server version it needs.
 */
@NullMarked
package io.github.kratosadmin.internal.operation;

import org.jspecify.annotations.NullMarked;
