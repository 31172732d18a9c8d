package io.github.kratosadmin.test.scale;

import java.util.BitSet;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.ImportIdentities;
import io.github.kratosadmin.identity.ImportResult;
import io.github.kratosadmin.identity.ListIdentities;

/**
 * A program that imports and exports many identities, and fails if a result is wrong.
 */
final class ManyIdentities {

	private final KratosAdmin admin;

	private final String[] ids;

	private ManyIdentities(KratosAdmin admin, int count) {
		this.admin = admin;
		this.ids = new String[count];
	}

	public static void main(String[] args) {
		try (KratosAdmin admin = KratosAdmin.builder().baseUrl(args[0]).build()) {
			ManyIdentities identities = new ManyIdentities(admin, Integer.parseInt(args[1]));
			identities.importAll();
			identities.exportAll();
			System.out.println("imported and exported " + identities.ids.length + " with a heap of "
					+ Runtime.getRuntime().maxMemory() / (1024 * 1024) + " MB");
		}
	}

	private void importAll() {
		Stream<CreateIdentity> rows = IntStream.range(0, this.ids.length).mapToObj(ManyIdentities::row);
		int[] next = { 0 };
		ImportIdentities options = ImportIdentities.builder().build();
		this.admin.importIdentities(rows, options, (result) -> {
			check(result.row() == next[0], "row " + next[0] + " comes next, not " + result);
			check(result.outcome() == ImportResult.Outcome.CREATED, "row is created: " + result);
			this.ids[next[0]++] = result.id();
		});
		check(next[0] == this.ids.length, "every row has a result, not " + next[0]);
	}

	private void exportAll() {
		BitSet seen = new BitSet();
		try (Stream<Identity> identities = this.admin.identities()
			.streamIdentitiesAhead(ListIdentities.builder().pageSize(500).build())) {
			identities.forEach((identity) -> {
				int row = identity.metadataAdmin().path("row").asInt();
				check(!seen.get(row), "row " + row + " is exported once");
				seen.set(row);
				check(identity.id().equals(this.ids[row]), "row " + row + " has its id");
				check(identity.traits().equals(row(row).traits()), "row " + row + " has its traits");
			});
		}
		check(seen.cardinality() == this.ids.length, "every row is exported, not " + seen.cardinality());
	}

	private static CreateIdentity row(int row) {
		return CreateIdentity.builder()
			.traits(Map.of("email", "person" + row + "@example.test"))
			.metadataAdmin(Map.of("row", row))
			.build();
	}

	private static void check(boolean fulfilled, String expectation) {
		if (!fulfilled) {
			throw new IllegalStateException("Expected: " + expectation);
		}
	}

}
