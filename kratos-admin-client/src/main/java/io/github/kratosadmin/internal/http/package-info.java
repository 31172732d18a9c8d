/**
 * How do requests and responses travel: connections, headers, redirects, path prefix?
 */
@NullMarked
package io.github.kratosadmin.internal.http;

import org.jspecify.annotations.NullMarked;
