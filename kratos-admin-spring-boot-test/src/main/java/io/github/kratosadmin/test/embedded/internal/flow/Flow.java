package io.github.kratosadmin.test.embedded.internal.flow;

import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;

import io.github.kratosadmin.test.embedded.FlowClient;
import io.github.kratosadmin.test.embedded.FlowKind;
import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.http.Query;
import io.github.kratosadmin.test.embedded.internal.text.Json;
import io.github.kratosadmin.test.embedded.internal.text.Names;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A self-service flow.
 *
 * @param id the id
 * @param kind the kind
 * @param client the client that started it
 * @param issuedAt when it was started
 * @param expiresAt when it expires
 * @param requestUrl the URL that started it
 * @param active the method in use, or null
 * @param form the form
 * @param state the state, or null if the kind has none
 * @param identityId the identity of a settings flow, otherwise null
 * @param forAnybody whether a browser's flow can be read without its cookie
 * @param testedProvider the provider with which a login flow tests the sign-in, or null
 */
record Flow(String id, FlowKind kind, FlowClient client, Instant issuedAt, Instant expiresAt, String requestUrl,
		@Nullable String active, Form form, @Nullable String state, @Nullable String identityId, boolean forAnybody,
		@Nullable String testedProvider) {

	Flow withForm(Form form) {
		return new Flow(this.id, this.kind, this.client, this.issuedAt, this.expiresAt, this.requestUrl, this.active,
				form, this.state, this.identityId, this.forAnybody, this.testedProvider);
	}

	Flow withState(String active, String state) {
		return new Flow(this.id, this.kind, this.client, this.issuedAt, this.expiresAt, this.requestUrl, active,
				this.form, state, this.identityId, this.forAnybody, this.testedProvider);
	}

	Flow forEverybody() {
		return new Flow(this.id, this.kind, this.client, this.issuedAt, this.expiresAt, this.requestUrl, this.active,
				this.form, this.state, this.identityId, true, this.testedProvider);
	}

	Flow testing(String provider) {
		return new Flow(this.id, this.kind, this.client, this.issuedAt, this.expiresAt, this.requestUrl, this.active,
				this.form, this.state, this.identityId, this.forAnybody, provider);
	}

	Flow expiringAt(Instant expiresAt) {
		return new Flow(this.id, this.kind, this.client, this.issuedAt, expiresAt, this.requestUrl, this.active,
				this.form, this.state, this.identityId, this.forAnybody, this.testedProvider);
	}

	/**
	 * Writes this flow as JSON.
	 * @param era the era
	 * @param identities returns the JSON of an identity by its id
	 */
	ObjectNode toJson(KratosEra era, Function<String, ObjectNode> identities) {
		ObjectNode json = Json.object();
		json.put("id", this.id);
		json.put("type", Names.of(this.client));
		json.put("expires_at", Json.timestamp(this.expiresAt));
		json.put("issued_at", Json.timestamp(this.issuedAt));
		json.put("request_url", this.requestUrl);
		String returnTo = Query.parse(URI.create(this.requestUrl).getRawQuery()).first(ReturnTo.PARAMETER);
		if (!returnTo.isEmpty() && FlowRules.showsReturnTo(era)) {
			json.put("return_to", returnTo);
		}
		if (this.active != null) {
			json.put("active", this.active);
		}
		json.set("ui", this.form.toJson(era));
		if (this.kind == FlowKind.LOGIN) {
			String stored = Json.timestamp(this.issuedAt.truncatedTo(ChronoUnit.MICROS));
			json.put("created_at", stored);
			json.put("updated_at", stored);
			if (FlowRules.hasAuthenticatorAssuranceLevels(era)) {
				json.put("refresh", this.testedProvider != null);
				json.put("requested_aal", "aal1");
			}
			else {
				json.put("forced", false);
			}
		}
		if ((this.kind == FlowKind.LOGIN || this.kind == FlowKind.REGISTRATION) && FlowRules.namesOrganizations(era)) {
			json.putNull("organization_id");
		}
		if (this.kind == FlowKind.SETTINGS && FlowRules.namesOrganizationsOfSettings(era)) {
			json.putNull("organization_id");
		}
		if (this.testedProvider != null) {
			json.putObject("test_context").put("provider_id", this.testedProvider);
		}
		if (this.identityId != null) {
			json.set("identity", identities.apply(this.identityId));
		}
		if (this.state != null) {
			json.put("state", this.state);
		}
		return json;
	}

}
