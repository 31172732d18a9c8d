/**
 * Takes a request to its handler, and returns the response.
 */
@NullMarked
package io.github.kratosadmin.test.embedded.internal.http;

import org.jspecify.annotations.NullMarked;
