/**
 * Docker Compose support for Kratos.
 */
@NullMarked
package io.github.kratosadmin.docker.compose;

import org.jspecify.annotations.NullMarked;
