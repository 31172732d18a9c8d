/**
 * How are requests sent: connections, headers, redirects and the path prefix?
 */
@NullMarked
package io.github.kratosadmin.internal.http;

import org.jspecify.annotations.NullMarked;
