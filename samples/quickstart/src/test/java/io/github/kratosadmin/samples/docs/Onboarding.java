package io.github.kratosadmin.samples.docs;

import java.util.Map;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.IdentityApi;

import org.springframework.beans.factory.annotation.Qualifier;

class Onboarding {

	private final IdentityApi customers;

	private final KratosAdmin staff;

	Onboarding(@Qualifier("customers") IdentityApi customers, @Qualifier("staff") KratosAdmin staff) {
		this.customers = customers;
		this.staff = staff;
	}

	String registerCustomer(String email) {
		return this.customers.createIdentity(identity(email)).id();
	}

	String addEmployee(String email) {
		return this.staff.identities().createIdentity(identity(email)).id();
	}

	private static CreateIdentity identity(String email) {
		return CreateIdentity.builder().schemaId("default").traits(Map.of("email", email)).build();
	}

}
