/**
 * An application without a login of its own, and Kratos behind a gateway that requires
 * OAuth2.
 */
@NullMarked
package io.github.kratosadmin.samples.oauth2;

import org.jspecify.annotations.NullMarked;
