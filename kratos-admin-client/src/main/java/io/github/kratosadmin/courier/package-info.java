/**
 * Messages that Kratos sends to identities.
 */
@NullMarked
package io.github.kratosadmin.courier;

import org.jspecify.annotations.NullMarked;
