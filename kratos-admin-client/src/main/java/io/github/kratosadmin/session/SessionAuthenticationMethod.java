package io.github.kratosadmin.session;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.internal.json.KratosJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import static com.fasterxml.jackson.annotation.JsonProperty.Access.WRITE_ONLY;

/**
 * A method of the sign-in of a session.
 * <p>
 * The constructor is not API: it gains a parameter whenever Kratos gains a field. Obtain
 * instances from the client, in tests from the fixtures in the test module.
 *
 * @param method the method, such as {@code password}, {@code oidc}, {@code totp} or
 * {@code code_recovery}
 * @param aal the assurance level of the method, {@code aal1} or {@code aal2} (since
 * Kratos 0.9)
 * @param completedAt the time of the sign-in
 * @param provider the id of the OpenID Connect or SAML provider (since Kratos 1.1)
 * @param organization the id of the organization (since Kratos 1.1)
 * @param upstreamAcr the assurance level that the provider has reported (since a Kratos
 * after 26.2)
 * @param upstreamAmr the methods that the provider has reported, empty for none (since a
 * Kratos after 26.2)
 * @param additionalProperties the fields that this version of the client does not know,
 * by name; not shown by {@link #toString()}
 */
public record SessionAuthenticationMethod(@JsonProperty("method") @Nullable String method,
		@JsonProperty("aal") @Nullable String aal, @JsonProperty("completed_at") @Nullable Instant completedAt,
		@JsonProperty("provider") @Nullable String provider,
		@JsonProperty("organization") @Nullable String organization,
		@JsonProperty("upstream_acr") @Nullable String upstreamAcr,
		@JsonProperty("upstream_amr") List<String> upstreamAmr,
		@JsonAnySetter @JsonProperty(access = WRITE_ONLY) Map<String, JsonNode> additionalProperties) {

	/**
	 * Reads a response of Kratos: an absent list is empty.
	 */
	public SessionAuthenticationMethod {
		upstreamAmr = KratosJson.listOf(upstreamAmr);
		additionalProperties = KratosJson.mapOf(additionalProperties);
	}

	@Override
	public String toString() {
		return "SessionAuthenticationMethod[method=" + this.method + ", aal=" + this.aal + ", completedAt="
				+ this.completedAt + ", provider=" + this.provider + ", organization=" + this.organization
				+ ", upstreamAcr=" + this.upstreamAcr + ", upstreamAmr=" + this.upstreamAmr + "]";
	}

}
