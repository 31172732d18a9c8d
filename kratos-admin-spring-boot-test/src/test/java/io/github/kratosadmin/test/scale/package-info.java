/**
 * Tests with many identities and little memory.
 */
@NullMarked
package io.github.kratosadmin.test.scale;

import org.jspecify.annotations.NullMarked;
