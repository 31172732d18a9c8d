package io.github.kratosadmin.samples.testcontainers;

import java.util.Map;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.identity.CreateIdentity;

import org.springframework.stereotype.Service;

/**
 * Registers accounts.
 */
@Service
class Accounts {

	private final KratosAdmin kratos;

	Accounts(KratosAdmin kratos) {
		this.kratos = kratos;
	}

	String register(String email) {
		CreateIdentity identity = CreateIdentity.builder().schemaId("default").traits(Map.of("email", email)).build();
		return this.kratos.identities().createIdentity(identity).id();
	}

	String email(String id) {
		return this.kratos.identities().getIdentity(id).traits().path("email").asString();
	}

}
