package io.github.kratosadmin.samples.docs;

import java.util.Map;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.identity.CreateIdentity;

import org.springframework.stereotype.Service;

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

}
