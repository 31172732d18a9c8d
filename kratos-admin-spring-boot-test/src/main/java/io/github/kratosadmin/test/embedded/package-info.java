/**
 * A Kratos admin API in this JVM, for tests. Nothing here uses Spring.
 */
@NullMarked
package io.github.kratosadmin.test.embedded;

import org.jspecify.annotations.NullMarked;
