/**
 * Identities: Kratos's user accounts.
 */
@NullMarked
package io.github.kratosadmin.identity;

import org.jspecify.annotations.NullMarked;
