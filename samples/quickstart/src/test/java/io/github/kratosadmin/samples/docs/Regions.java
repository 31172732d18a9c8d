package io.github.kratosadmin.samples.docs;

import io.github.kratosadmin.autoconfigure.KratosAdminClients;
import io.github.kratosadmin.identity.Identity;

class Regions {

	private final KratosAdminClients clients;

	Regions(KratosAdminClients clients) {
		this.clients = clients;
	}

	Identity find(String region, String id) {
		return this.clients.getClient(region).identities().getIdentity(id);
	}

}
