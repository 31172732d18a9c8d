package io.github.kratosadmin.samples.oauth2;

import java.util.Map;

import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.IdentityApi;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class AccountController {

	private final IdentityApi identities;

	AccountController(IdentityApi identities) {
		this.identities = identities;
	}

	@GetMapping("/accounts/{id}")
	String state(@PathVariable String id) {
		return String.valueOf(this.identities.getIdentity(id).state());
	}

	@PostMapping("/accounts")
	String create(@RequestParam String email) {
		return this.identities.createIdentity(CreateIdentity.builder().traits(Map.of("email", email)).build()).id();
	}

}
