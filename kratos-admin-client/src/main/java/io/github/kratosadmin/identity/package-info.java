/**
 * Identities, the user accounts of Kratos.
 */
@NullMarked
package io.github.kratosadmin.identity;

import org.jspecify.annotations.NullMarked;
