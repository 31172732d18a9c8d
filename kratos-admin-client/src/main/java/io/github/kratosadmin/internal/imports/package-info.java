/**
 * How an import creates many identities.
 */
@NullMarked
package io.github.kratosadmin.internal.imports;

import org.jspecify.annotations.NullMarked;
