package com.example.reactive;

import io.github.kratosadmin.identity.Identity;

record Account(String id, String email) {

	static Account of(Identity identity) {
		return new Account(identity.id(), identity.traitsAs(Traits.class).email());
	}

	record Traits(String email) {

	}

}
