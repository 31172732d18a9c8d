/**
 * How JSON is written and read.
 */
@NullMarked
package io.github.kratosadmin.internal.json;

import org.jspecify.annotations.NullMarked;
