/**
 * Which version runs, and is the server ready?
 */
@NullMarked
package io.github.kratosadmin.test.embedded.internal.metadata;

import org.jspecify.annotations.NullMarked;
