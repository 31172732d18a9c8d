/**
 * Which self-service flows and errors are there, and what does the form of a flow look
 * like?
 */
@NullMarked
package io.github.kratosadmin.test.embedded.internal.flow;

import org.jspecify.annotations.NullMarked;
