/**
 * Observations of calls: their context, convention, keys and events.
 */
@NullMarked
package io.github.kratosadmin.observation;

import org.jspecify.annotations.NullMarked;
