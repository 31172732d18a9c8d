/**
 * Handles the requests for the version, the health and the metrics of the server.
 */
@NullMarked
package io.github.kratosadmin.test.embedded.internal.metadata;

import org.jspecify.annotations.NullMarked;
