/**
 * How does a request reach its handler, and how is the response written?
 */
@NullMarked
package io.github.kratosadmin.test.embedded.internal.http;

import org.jspecify.annotations.NullMarked;
