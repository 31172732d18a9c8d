/**
 * An application with tests on a real Kratos.
 */
@NullMarked
package io.github.kratosadmin.samples.testcontainers;

import org.jspecify.annotations.NullMarked;
