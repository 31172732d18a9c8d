/**
 * Auto-configuration for the observations of the client.
 */
@NullMarked
package io.github.kratosadmin.autoconfigure.observation;

import org.jspecify.annotations.NullMarked;
