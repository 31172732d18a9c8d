package io.github.kratosadmin.samples.migration;

import io.github.kratosadmin.test.embedded.EmbeddedKratos;

/**
 * Runs the embedded Kratos in a process of its own, so that a migration can be killed and
 * run again.
 */
final class KratosServer {

	private KratosServer() {
	}

	public static void main(String[] args) throws InterruptedException {
		System.out.println("--kratos.admin.base-url=" + EmbeddedKratos.start().adminUrl());
		Thread.currentThread().join();
	}

}
