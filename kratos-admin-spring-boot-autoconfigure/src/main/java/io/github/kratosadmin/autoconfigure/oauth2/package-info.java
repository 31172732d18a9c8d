/**
 * Auto-configuration for bearer tokens from the OAuth2 client of Spring Security.
 */
@NullMarked
package io.github.kratosadmin.autoconfigure.oauth2;

import org.jspecify.annotations.NullMarked;
