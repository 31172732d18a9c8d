/**
 * Stores identities, and handles the requests for them.
 */
@NullMarked
package io.github.kratosadmin.test.embedded.internal.identity;

import org.jspecify.annotations.NullMarked;
