package com.example.cloud;

import io.github.kratosadmin.KratosAdmin;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class AccountController {

	private final KratosAdmin kratos;

	private final BillingClient billing;

	AccountController(KratosAdmin kratos, BillingClient billing) {
		this.kratos = kratos;
		this.billing = billing;
	}

	@GetMapping("/accounts/{id}")
	Account get(@PathVariable String id) {
		String email = this.kratos.identities().getIdentity(id).traits().path("email").asString();
		return new Account(email, this.billing.balance(id));
	}

	record Account(String email, String balance) {

	}

}
