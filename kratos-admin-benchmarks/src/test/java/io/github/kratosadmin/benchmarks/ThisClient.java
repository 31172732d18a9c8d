package io.github.kratosadmin.benchmarks;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.ImportIdentities;
import io.github.kratosadmin.identity.ListIdentities;

/**
 * The client of this project, with its defaults.
 */
class ThisClient implements KratosCalls {

	private final KratosAdmin kratos;

	ThisClient(String url) {
		this.kratos = KratosAdmin.builder().baseUrl(url).build();
	}

	@Override
	public Identity getIdentity() {
		return this.kratos.identities().getIdentity(ID);
	}

	@Override
	public List<Identity> listIdentities() {
		ListIdentities query = ListIdentities.builder().pageSize(ConstantResponses.LIST_SIZE).build();
		return this.kratos.identities().listIdentities(query).items();
	}

	@Override
	public Identity createIdentity() {
		return this.kratos.identities()
			.createIdentity(CreateIdentity.builder().schemaId("default").traits(KratosCalls.traits(0)).build());
	}

	@Override
	public long importIdentities() {
		Stream<CreateIdentity> identities = LongStream.range(0, ConstantResponses.IMPORT_SIZE)
			.mapToObj(KratosCalls::row);
		ImportIdentities options = ImportIdentities.builder()
			.chunkSize(ConstantResponses.BATCH_SIZE)
			.concurrency(IMPORT_CONCURRENCY)
			.givingWay(false)
			.build();
		return this.kratos.importIdentities(identities, options, (result) -> {
		}).created();
	}

	@Override
	public void close() {
		this.kratos.close();
	}

}
