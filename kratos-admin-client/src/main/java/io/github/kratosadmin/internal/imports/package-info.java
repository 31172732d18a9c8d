/**
 * How does an import create many identities?
 */
@NullMarked
package io.github.kratosadmin.internal.imports;

import org.jspecify.annotations.NullMarked;
