/**
 * How does a list continue: page tokens, and streams over pages?
 */
@NullMarked
package io.github.kratosadmin.internal.paging;

import org.jspecify.annotations.NullMarked;
