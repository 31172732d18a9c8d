package com.example.commandline;

import io.github.kratosadmin.KratosAdmin;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/**
 * Prints the number of identities.
 */
@Component
class IdentityCounter implements ApplicationRunner {

	private final KratosAdmin kratos;

	IdentityCounter(KratosAdmin kratos) {
		this.kratos = kratos;
	}

	@Override
	public void run(ApplicationArguments args) {
		System.out.println("identities: " + this.kratos.identities().streamIdentities().count());
	}

}
