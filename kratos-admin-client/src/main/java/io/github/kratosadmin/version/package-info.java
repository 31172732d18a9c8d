/**
 * Versions of Kratos that operations, parameters and fields require.
 */
@NullMarked
package io.github.kratosadmin.version;

import org.jspecify.annotations.NullMarked;
