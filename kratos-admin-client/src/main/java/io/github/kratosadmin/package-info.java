/**
 * The client for the admin API of Ory Kratos: {@link io.github.kratosadmin.KratosAdmin}
 * and its builder.
 */
@NullMarked
package io.github.kratosadmin;

import org.jspecify.annotations.NullMarked;
