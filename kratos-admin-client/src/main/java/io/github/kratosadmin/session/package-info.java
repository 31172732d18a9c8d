/**
 * Sessions of identities.
 */
@NullMarked
package io.github.kratosadmin.session;

import org.jspecify.annotations.NullMarked;
