/**
 * Stores sessions, and handles the requests for them.
 */
@NullMarked
package io.github.kratosadmin.test.embedded.internal.session;

import org.jspecify.annotations.NullMarked;
