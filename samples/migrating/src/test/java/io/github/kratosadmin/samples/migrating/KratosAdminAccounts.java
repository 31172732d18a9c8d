package io.github.kratosadmin.samples.migrating;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.error.KratosConflictException;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.IdentityPath;
import io.github.kratosadmin.identity.JsonPatch;
import io.github.kratosadmin.identity.UpdateIdentity;

/**
 * After.
 */
class KratosAdminAccounts implements Accounts {

	private final KratosAdmin kratos;

	KratosAdminAccounts(KratosAdmin kratos) {
		this.kratos = kratos;
	}

	@Override
	public String register(String email) {
		CreateIdentity identity = CreateIdentity.builder().schemaId("default").traits(Map.of("email", email)).build();
		try {
			return this.kratos.identities().createIdentity(identity).id();
		}
		catch (KratosConflictException ex) {
			throw new EmailTakenException(ex);
		}
	}

	@Override
	public Optional<String> find(String email) {
		return this.kratos.identities().findByCredentialsIdentifier(email).map(Identity::id);
	}

	@Override
	public boolean exists(String id) {
		try {
			this.kratos.identities().getIdentity(id);
			return true;
		}
		catch (KratosNotFoundException ex) {
			if (ex.isAbsent()) {
				return false;
			}
			throw ex;
		}
	}

	@Override
	public List<String> all() {
		try (Stream<Identity> identities = this.kratos.identities().streamIdentities()) {
			return identities.map(Identity::id).toList();
		}
	}

	@Override
	public void changeEmail(String id, String email) {
		this.kratos.identities()
			.updateIdentity(id, (identity) -> UpdateIdentity.from(identity).traits(new Contact(email)).build());
	}

	@Override
	public void changePlan(String id, String plan) {
		JsonPatch patch = JsonPatch.builder().add(IdentityPath.metadataAdmin("plan"), plan).build();
		this.kratos.identities().patchIdentity(id, patch);
	}

	/** The traits that the application changes. An update keeps the others. */
	record Contact(String email) {

	}

}
