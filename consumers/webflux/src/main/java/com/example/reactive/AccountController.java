package com.example.reactive;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.Identity;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Calls Kratos on threads that may block.
 */
@RestController
@RequestMapping("/accounts")
class AccountController {

	private final KratosAdmin kratos;

	AccountController(KratosAdmin kratos) {
		this.kratos = kratos;
	}

	@PostMapping
	@ResponseStatus(HttpStatus.CREATED)
	Mono<Account> register(@RequestBody Account.Traits traits) {
		CreateIdentity identity = CreateIdentity.builder().traits(traits).build();
		return Mono.fromCallable(() -> this.kratos.identities().createIdentity(identity))
			.map(Account::of)
			.subscribeOn(Schedulers.boundedElastic());
	}

	@GetMapping("/{id}")
	Mono<Account> get(@PathVariable String id) {
		return Mono.fromCallable(() -> this.kratos.identities().getIdentity(id))
			.map(Account::of)
			.subscribeOn(Schedulers.boundedElastic());
	}

	@GetMapping
	Flux<Account> list() {
		Flux<Identity> identities = Flux.fromStream(() -> this.kratos.identities().streamIdentities());
		return identities.map(Account::of).subscribeOn(Schedulers.boundedElastic());
	}

}
