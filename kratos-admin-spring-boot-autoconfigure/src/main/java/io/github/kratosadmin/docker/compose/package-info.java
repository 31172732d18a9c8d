/**
 * Connections to Kratos in Docker Compose.
 */
@NullMarked
package io.github.kratosadmin.docker.compose;

import org.jspecify.annotations.NullMarked;
