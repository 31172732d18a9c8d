/**
 * How requests and responses travel: connections, redirects, the prefix of the paths.
 */
@NullMarked
package io.github.kratosadmin.internal.http;

import org.jspecify.annotations.NullMarked;
