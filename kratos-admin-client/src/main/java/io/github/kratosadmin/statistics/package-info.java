/**
 * Statistics of a client: its counters and its connections.
 */
@NullMarked
package io.github.kratosadmin.statistics;

import org.jspecify.annotations.NullMarked;
