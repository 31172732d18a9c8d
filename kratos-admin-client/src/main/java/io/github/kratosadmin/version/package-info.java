/**
 * Which versions of Kratos have what.
 */
@NullMarked
package io.github.kratosadmin.version;

import org.jspecify.annotations.NullMarked;
