/**
 * Stores self-service flows and errors, and handles the requests for them and for
 * recovery links and codes.
 */
@NullMarked
package io.github.kratosadmin.test.embedded.internal.flow;

import org.jspecify.annotations.NullMarked;
