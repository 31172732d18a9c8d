/**
 * How is JSON read and written?
 */
@NullMarked
package io.github.kratosadmin.internal.json;

import org.jspecify.annotations.NullMarked;
