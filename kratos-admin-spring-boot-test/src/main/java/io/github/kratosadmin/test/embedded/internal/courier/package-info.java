/**
 * Stores queued messages, and handles the requests for them.
 */
@NullMarked
package io.github.kratosadmin.test.embedded.internal.courier;

import org.jspecify.annotations.NullMarked;
