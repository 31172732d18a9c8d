/**
 * Splits lists into pages.
 */
@NullMarked
package io.github.kratosadmin.test.embedded.internal.paging;

import org.jspecify.annotations.NullMarked;
