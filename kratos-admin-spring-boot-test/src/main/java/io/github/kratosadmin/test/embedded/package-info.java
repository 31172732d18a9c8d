/**
 * Starts the admin API of Kratos in the JVM of a test.
 */
@NullMarked
package io.github.kratosadmin.test.embedded;

import org.jspecify.annotations.NullMarked;
