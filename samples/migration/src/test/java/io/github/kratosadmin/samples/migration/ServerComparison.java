package io.github.kratosadmin.samples.migration;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.samples.migration.DifficultPeople.Kind;
import io.github.kratosadmin.samples.migration.DifficultPeople.Person;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares the identities of a server with the rows of an import, and with what the
 * import has reported.
 */
class ServerComparison {

	private static final JsonMapper MAPPER = new JsonMapper();

	private final KratosAdmin kratosAdmin;

	private final List<Person> people;

	private final Map<String, Identity> before;

	/**
	 * Remembers the identities that are there before the import.
	 */
	ServerComparison(KratosAdmin kratosAdmin, List<Person> people) {
		this.kratosAdmin = kratosAdmin;
		this.people = people;
		this.before = identities();
	}

	private Map<String, Identity> identities() {
		try (Stream<Identity> identities = this.kratosAdmin.identities().streamIdentities()) {
			return identities.collect(Collectors.toMap(Identity::id, (identity) -> identity));
		}
	}

	/**
	 * Asserts that each row is there once or reported once with its reason, and that
	 * nothing else has changed.
	 * @param reports the files that the import has written
	 * @return the number of rows that are reported
	 */
	int assertEachRowIsThereOnceOrReported(Collection<Path> reports) throws Exception {
		Map<String, Identity> after = identities();
		assertThat(after).containsAllEntriesOf(this.before);
		Map<String, Identity> created = new HashMap<>(after);
		created.keySet().removeAll(this.before.keySet());
		Map<String, List<Identity>> byLastName = after.values()
			.stream()
			.collect(Collectors.groupingBy(ServerComparison::lastName));
		Map<Integer, String> reported = reported(reports);
		int expected = 0;
		for (Person person : this.people) {
			List<Identity> found = byLastName.getOrDefault(person.lastName(), List.of());
			boolean isReported = reported.containsKey(person.line());
			assertThat(found).as(person.toString()).hasSize(isReported ? 0 : 1);
			assertThat(isReported).as(person + " " + reported.get(person.line())).isEqualTo(mayFail(person, reported));
			if (!isReported) {
				assertIsOf(person, found.get(0));
				expected += (person.kind() != Kind.THERE_BEFORE) ? 1 : 0;
			}
		}
		assertThat(created).hasSize(expected);
		System.out.printf("Compared %d rows with %d identities: %d created, %d reported%n", this.people.size(),
				after.size(), created.size(), reported.size());
		return reported.size();
	}

	/**
	 * Of two rows with the same email address or external id, either may come first.
	 */
	private boolean mayFail(Person person, Map<Integer, String> reported) {
		if (person.kind().isDuplicate()) {
			return !reported.containsKey(person.line() - 1);
		}
		boolean isDuplicated = person.line() - 1 < this.people.size()
				&& this.people.get(person.line() - 1).kind().isDuplicate();
		return isDuplicated ? !reported.containsKey(person.line() + 1) : person.kind().mustFail();
	}

	private void assertIsOf(Person person, Identity identity) {
		assertThat(identity.traits().path("email").asString()).isEqualTo(person.email());
		assertThat(identity.traits().at("/name/first").asString()).isEqualTo("Person");
		assertThat(identity.externalId()).isEqualTo(person.externalId());
	}

	private static String lastName(Identity identity) {
		return identity.traits().at("/name/last").asString();
	}

	/**
	 * Returns the reasons of the rows that failed, by line.
	 */
	static Map<Integer, String> reported(Collection<Path> reports) throws Exception {
		Map<Integer, String> reported = new HashMap<>();
		for (Path report : reports) {
			for (String line : Files.readAllLines(report)) {
				JsonNode outcome = MAPPER.readTree(line);
				assertThat(outcome.path("outcome").asString()).isEqualTo("FAILED");
				assertThat(outcome.path("reason").asString()).as(line).isNotBlank();
				assertThat(reported.put(outcome.path("row").asInt(), outcome.path("reason").asString()))
					.as("Reported twice: %s", line)
					.isNull();
			}
		}
		return reported;
	}

	/**
	 * Asserts that files that an export has written have each identity once.
	 */
	void assertEachIdentityIsExportedOnce(Collection<Path> files) throws Exception {
		List<String> lastNames = new ArrayList<>();
		for (Path file : files) {
			for (String line : Files.readAllLines(file)) {
				lastNames.add(MAPPER.readTree(line).at("/traits/name/last").asString());
			}
		}
		// sorted, as AssertJ compares lists in any order in quadratic time
		assertThat(lastNames.stream().sorted().toList())
			.isEqualTo(identities().values().stream().map(ServerComparison::lastName).sorted().toList());
	}

}
