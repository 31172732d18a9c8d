package com.example.plain;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.identity.Identity;

/**
 * Prints whether a Kratos is ready, its version and the ids of its identities.
 */
public final class Report {

	private Report() {
	}

	public static void main(String[] args) {
		try (KratosAdmin kratos = KratosAdmin.builder().baseUrl(args[0]).build()) {
			System.out.println(kratos.metadata().isReady().ready() ? "ready" : "not ready");
			System.out.println(kratos.metadata().getVersion().version());
			kratos.identities().streamIdentities().map(Identity::id).forEach(System.out::println);
		}
	}

}
