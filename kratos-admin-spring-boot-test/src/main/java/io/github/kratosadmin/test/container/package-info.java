/**
 * A real Kratos for tests, in a container.
 */
@NullMarked
package io.github.kratosadmin.test.container;

import org.jspecify.annotations.NullMarked;
