/**
 * A real Kratos for tests, in a container.
 */
package io.github.kratosadmin.test.container;
