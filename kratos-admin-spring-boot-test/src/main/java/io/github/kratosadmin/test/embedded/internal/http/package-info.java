/**
 * Listens for HTTP requests, and routes them to their handlers.
 */
@NullMarked
package io.github.kratosadmin.test.embedded.internal.http;

import org.jspecify.annotations.NullMarked;
