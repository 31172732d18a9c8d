/**
 * An embedded Kratos for tests with Spring Boot.
 */
@NullMarked
package io.github.kratosadmin.test.autoconfigure;

import org.jspecify.annotations.NullMarked;
