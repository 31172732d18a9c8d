/**
 * Pages of a list, and streams over all pages.
 */
@NullMarked
package io.github.kratosadmin.paging;

import org.jspecify.annotations.NullMarked;
