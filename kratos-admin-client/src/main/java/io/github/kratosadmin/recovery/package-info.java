/**
 * Account recovery.
 */
@NullMarked
package io.github.kratosadmin.recovery;

import org.jspecify.annotations.NullMarked;
