package io.github.kratosadmin.benchmarks;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import sh.ory.kratos.ApiClient;
import sh.ory.kratos.ApiException;
import sh.ory.kratos.api.IdentityApi;
import sh.ory.kratos.model.CreateIdentityBody;
import sh.ory.kratos.model.Identity;
import sh.ory.kratos.model.IdentityPatch;
import sh.ory.kratos.model.IdentityPatchResponse;
import sh.ory.kratos.model.PatchIdentitiesBody;

/**
 * The official, generated Java client for Kratos, with OkHttp and Gson. Its pool is
 * enlarged, as the default of 5 connections is too small for 8 threads.
 */
class OfficialClient implements KratosCalls {

	private final OkHttpClient http = new OkHttpClient.Builder()
		.connectionPool(new ConnectionPool(50, 5, TimeUnit.MINUTES))
		.build();

	private final IdentityApi identities;

	OfficialClient(String url) {
		this.identities = new IdentityApi(new ApiClient(this.http).setBasePath(url));
	}

	@Override
	public Identity getIdentity() throws ApiException {
		return this.identities.getIdentity(ID, null);
	}

	@Override
	public List<Identity> listIdentities() throws ApiException {
		return this.identities.listIdentities(null, null, (long) ConstantResponses.LIST_SIZE, null, null, null, null,
				null, null, null);
	}

	@Override
	public Identity createIdentity() throws ApiException {
		return this.identities
			.createIdentity(new CreateIdentityBody().schemaId("default").traits(KratosCalls.traits(0)));
	}

	@Override
	public long importIdentities() throws ApiException {
		long created = 0;
		for (long first = 0; first < ConstantResponses.IMPORT_SIZE; first += ConstantResponses.BATCH_SIZE) {
			PatchIdentitiesBody body = new PatchIdentitiesBody();
			LongStream.range(first, first + ConstantResponses.BATCH_SIZE)
				.mapToObj((number) -> new IdentityPatch().patchId(new UUID(0, number).toString())
					.create(new CreateIdentityBody().schemaId("default").traits(KratosCalls.traits(number))))
				.forEach(body::addIdentitiesItem);
			created += this.identities.batchPatchIdentities(body)
				.getIdentities()
				.stream()
				.filter((result) -> result.getAction() == IdentityPatchResponse.ActionEnum.CREATE)
				.count();
		}
		return created;
	}

	@Override
	public void close() {
		this.http.dispatcher().executorService().shutdown();
		this.http.connectionPool().evictAll();
	}

}
