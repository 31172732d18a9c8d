/**
 * Pages of lists.
 */
@NullMarked
package io.github.kratosadmin.paging;

import org.jspecify.annotations.NullMarked;
