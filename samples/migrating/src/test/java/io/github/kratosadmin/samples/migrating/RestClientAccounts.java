package io.github.kratosadmin.samples.migrating;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import tools.jackson.databind.JsonNode;

import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;

/**
 * Before: hand-written calls with {@link RestClient}, as they are often found. See
 * {@link HandWrittenCallsTests} for what is wrong with them.
 */
class RestClientAccounts implements Accounts {

	private final RestClient rest;

	RestClientAccounts(RestClient.Builder builder, String url) {
		this.rest = builder.baseUrl(url + "/admin").build();
	}

	@Override
	public String register(String email) {
		try {
			return this.rest.post()
				.uri("/identities")
				.body(Map.of("schema_id", "default", "traits", Map.of("email", email)))
				.retrieve()
				.body(JsonNode.class)
				.path("id")
				.asString();
		}
		catch (HttpClientErrorException.Conflict ex) {
			throw new EmailTakenException(ex);
		}
	}

	@Override
	public Optional<String> find(String email) {
		return this.rest.get()
			.uri("/identities?credentials_identifier={email}", email)
			.retrieve()
			.body(JsonNode.class)
			.valueStream()
			.map((identity) -> identity.path("id").asString())
			.findFirst();
	}

	@Override
	public boolean exists(String id) {
		try {
			this.rest.get().uri("/identities/{id}", id).retrieve().toBodilessEntity();
			return true;
		}
		catch (HttpClientErrorException.NotFound ex) {
			return false;
		}
	}

	@Override
	public List<String> all() {
		List<String> ids = new ArrayList<>();
		JsonNode page;
		int number = 0;
		do {
			page = this.rest.get()
				.uri("/identities?page={number}&per_page=250", number++)
				.retrieve()
				.body(JsonNode.class);
			page.forEach((identity) -> ids.add(identity.path("id").asString()));
		}
		while (!page.isEmpty());
		return ids;
	}

	@Override
	public void changeEmail(String id, String email) {
		Map<String, Object> body = Map.of("schema_id", "default", "state", "active", "traits", Map.of("email", email));
		this.rest.put().uri("/identities/{id}", id).body(body).retrieve().toBodilessEntity();
	}

	@Override
	public void changePlan(String id, String plan) {
		Map<String, String> patch = Map.of("op", "add", "path", "/metadata_admin/plan", "value", plan);
		this.rest.patch().uri("/identities/{id}", id).body(List.of(patch)).retrieve().toBodilessEntity();
	}

}
