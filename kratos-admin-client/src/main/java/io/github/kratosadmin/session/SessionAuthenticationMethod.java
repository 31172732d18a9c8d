package io.github.kratosadmin.session;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * One way in which the identity of a session has signed in.
 *
 * @param method the method, such as {@code password}, {@code oidc}, {@code totp} or
 * {@code code_recovery}
 * @param aal the assurance level of the method, {@code aal1} or {@code aal2}; since
 * Kratos 0.9
 * @param completedAt when the identity signed in
 * @param provider the id of the OpenID Connect or SAML provider; since Kratos 1.1
 * @param organization the id of the organization; since Kratos 1.1
 */
public record SessionAuthenticationMethod(@JsonProperty("method") @Nullable String method,
		@JsonProperty("aal") @Nullable String aal, @JsonProperty("completed_at") @Nullable Instant completedAt,
		@JsonProperty("provider") @Nullable String provider,
		@JsonProperty("organization") @Nullable String organization) {

}
