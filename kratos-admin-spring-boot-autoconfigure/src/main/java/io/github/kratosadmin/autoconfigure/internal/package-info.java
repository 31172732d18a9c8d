/**
 * Classes that the packages of this project share. Not for applications.
 */
@NullMarked
package io.github.kratosadmin.autoconfigure.internal;

import org.jspecify.annotations.NullMarked;
