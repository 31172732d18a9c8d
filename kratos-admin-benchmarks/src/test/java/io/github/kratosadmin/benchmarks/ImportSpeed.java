package io.github.kratosadmin.benchmarks;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.identity.CreateIdentity;

/**
 * Creates identities on a real Kratos, one by one and with an import, and prints the
 * rates. It does not delete the identities, so use a disposable server.
 */
final class ImportSpeed {

	private ImportSpeed() {
	}

	/**
	 * Runs the measurement.
	 * @param args the URL of the admin API, the number of identities to create one by
	 * one, and the number to import
	 */
	public static void main(String[] args) {
		int single = Integer.parseInt(args[1]);
		int imported = Integer.parseInt(args[2]);
		try (KratosAdmin kratos = KratosAdmin.builder().baseUrl(args[0]).readTimeout(Duration.ofMinutes(5)).build()) {
			// Warm-up, so that the code is compiled.
			rate(single, () -> identities(single).forEach(kratos.identities()::createIdentity));
			double one = rate(single, () -> identities(single).forEach(kratos.identities()::createIdentity));
			double all = rate(imported, () -> importAll(kratos, imported));
			System.out.println("\n| | identities per second | |\n|---|---:|---:|");
			System.out.printf(Locale.ROOT, "| one by one | %,.0f | 1.0 |%n| import of %,d | %,.0f | %.1f |%n", one,
					imported, all, all / one);
		}
	}

	private static void importAll(KratosAdmin kratos, int count) {
		long created = kratos.importIdentities(identities(count), (result) -> {
		}).created();
		if (created != count) {
			throw new IllegalStateException("Only " + created + " were created");
		}
	}

	private static Stream<CreateIdentity> identities(int count) {
		String run = UUID.randomUUID().toString();
		return LongStream.range(0, count)
			.mapToObj((number) -> CreateIdentity.builder()
				.schemaId("default")
				.traits(Map.of("email", number + "-" + run + "@example.test"))
				.build());
	}

	private static double rate(int count, Runnable work) {
		long start = System.nanoTime();
		work.run();
		return count / ((System.nanoTime() - start) / 1e9);
	}

}
