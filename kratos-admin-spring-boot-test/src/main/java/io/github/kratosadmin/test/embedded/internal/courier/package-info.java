/**
 * Stores the messages that wait to be sent, and handles the requests for them.
 */
@NullMarked
package io.github.kratosadmin.test.embedded.internal.courier;

import org.jspecify.annotations.NullMarked;
