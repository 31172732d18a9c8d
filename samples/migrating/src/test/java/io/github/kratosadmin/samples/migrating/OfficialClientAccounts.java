package io.github.kratosadmin.samples.migrating;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import sh.ory.kratos.ApiClient;
import sh.ory.kratos.ApiException;
import sh.ory.kratos.ApiResponse;
import sh.ory.kratos.api.IdentityApi;
import sh.ory.kratos.model.CreateIdentityBody;
import sh.ory.kratos.model.Identity;
import sh.ory.kratos.model.JsonPatch;
import sh.ory.kratos.model.UpdateIdentityBody;

/**
 * Before: with the official client.
 */
class OfficialClientAccounts implements Accounts {

	private static final Pattern NEXT = Pattern.compile("[?&]page_token=([^&>]*)[^>]*>; *rel=\"next\"");

	private final IdentityApi identities;

	OfficialClientAccounts(ApiClient client) {
		this.identities = new IdentityApi(client);
	}

	@Override
	public String register(String email) throws ApiException {
		CreateIdentityBody body = new CreateIdentityBody().schemaId("default").traits(Map.of("email", email));
		try {
			return this.identities.createIdentity(body).getId();
		}
		catch (ApiException ex) {
			if (ex.getCode() == 409) {
				throw new EmailTakenException(ex);
			}
			throw ex;
		}
	}

	@Override
	public Optional<String> find(String email) throws ApiException {
		return this.identities.listIdentities(null, null, null, null, null, null, email, null, null, null)
			.stream()
			.map(Identity::getId)
			.findFirst();
	}

	@Override
	public boolean exists(String id) throws ApiException {
		try {
			this.identities.getIdentity(id, null);
			return true;
		}
		catch (ApiException ex) {
			if (ex.getCode() == 404) {
				return false;
			}
			throw ex;
		}
	}

	@Override
	public List<String> all() throws ApiException {
		List<String> ids = new ArrayList<>();
		String token = null;
		do {
			ApiResponse<List<Identity>> page = this.identities.listIdentitiesWithHttpInfo(null, null, 250L, token, null,
					null, null, null, null, null);
			page.getData().forEach((identity) -> ids.add(identity.getId()));
			token = nextToken(page.getHeaders().get("link"));
		}
		while (token != null);
		return ids;
	}

	private static @Nullable String nextToken(@Nullable List<String> links) {
		Matcher next = NEXT.matcher((links != null) ? String.join(",", links) : "");
		return next.find() ? next.group(1) : null;
	}

	@Override
	@SuppressWarnings("unchecked")
	public void changeEmail(String id, String email) throws ApiException {
		Identity identity = this.identities.getIdentity(id, null);
		Map<String, Object> traits = (Map<String, Object>) identity.getTraits();
		traits.put("email", email);
		UpdateIdentityBody body = new UpdateIdentityBody().schemaId(identity.getSchemaId())
			.state(UpdateIdentityBody.StateEnum.fromValue(identity.getState().getValue()))
			.traits(traits)
			.metadataPublic(identity.getMetadataPublic())
			.metadataAdmin(identity.getMetadataAdmin())
			.externalId(identity.getExternalId());
		this.identities.updateIdentity(id, body);
	}

	@Override
	public void changePlan(String id, String plan) throws ApiException {
		JsonPatch patch = new JsonPatch().op("add").path("/metadata_admin/plan").value(plan);
		this.identities.patchIdentity(id, List.of(patch));
	}

}
