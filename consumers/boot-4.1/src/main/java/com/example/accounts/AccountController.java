package com.example.accounts;

import java.util.List;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.ImportCredentials;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

@RestController
@RequestMapping("/accounts")
class AccountController {

	private final KratosAdmin kratos;

	AccountController(KratosAdmin kratos) {
		this.kratos = kratos;
	}

	@PostMapping
	@ResponseStatus(HttpStatus.CREATED)
	Account register(@RequestBody Registration registration) {
		CreateIdentity identity = CreateIdentity.builder()
			.traits(new Account.Traits(registration.email()))
			.credentials(ImportCredentials.builder().password(registration.password()).build())
			.build();
		return Account.of(this.kratos.identities().createIdentity(identity));
	}

	@GetMapping
	List<Account> list() {
		return this.kratos.identities().listIdentities().items().stream().map(Account::of).toList();
	}

	@GetMapping(params = "email")
	Account find(@RequestParam String email) {
		return this.kratos.identities()
			.findByCredentialsIdentifier(email)
			.map(Account::of)
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
	}

	record Registration(String email, String password) {

	}

}
