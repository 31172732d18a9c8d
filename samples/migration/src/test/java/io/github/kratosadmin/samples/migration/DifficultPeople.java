package io.github.kratosadmin.samples.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.ImportCredentials;
import io.github.kratosadmin.identity.ImportIdentities;
import io.github.kratosadmin.identity.ImportResult;
import org.jspecify.annotations.Nullable;

/**
 * People of whom some cannot be created, and some exist before.
 */
final class DifficultPeople {

	/**
	 * A kind of person. Every tenth one is difficult.
	 */
	enum Kind {

		EASY,

		/** The line lacks fields. */
		MALFORMED,

		/** The identity schema does not allow the traits. */
		INVALID,

		/** Has the email address of the line before. */
		DUPLICATE,

		/** Has the external id of the line before. */
		DUPLICATE_EXTERNAL_ID,

		/** Another identity has the email address. */
		TAKEN,

		/** Can be recognized only by the marker. */
		WITHOUT_EXTERNAL_ID,

		/** Another identity has the email address, and there is no external id. */
		TAKEN_WITHOUT_EXTERNAL_ID,

		/** The identity exists before the import. */
		THERE_BEFORE;

		boolean isDuplicate() {
			return this == DUPLICATE || this == DUPLICATE_EXTERNAL_ID;
		}

		boolean mustFail() {
			return this == MALFORMED || this == INVALID || this == TAKEN || this == TAKEN_WITHOUT_EXTERNAL_ID;
		}

	}

	/**
	 * A person.
	 *
	 * @param line the number of the line in the file
	 * @param lastName a name that nobody else has
	 */
	record Person(int line, Kind kind, String email, String lastName, @Nullable String externalId) {

		String toLine() {
			if (this.kind == Kind.MALFORMED) {
				return this.email + "," + this.lastName;
			}
			return "%s,Person,%s,%s,%s".formatted(this.email, this.lastName,
					(this.externalId != null) ? this.externalId : "", People.PASSWORD_HASH);
		}

	}

	private DifficultPeople() {
	}

	/**
	 * Returns people for the lines after the header.
	 */
	static List<Person> of(int count) {
		List<Person> people = new ArrayList<>();
		for (int line = 2; line <= count + 1; line++) {
			Kind kind = (line % 10 == 7) ? Kind.values()[1 + line / 10 % (Kind.values().length - 1)] : Kind.EASY;
			people.add(person(line, kind));
		}
		return people;
	}

	private static Person person(int line, Kind kind) {
		String email = switch (kind) {
			case INVALID -> "nobody";
			case DUPLICATE -> email(line - 1);
			default -> email(line);
		};
		String externalId = switch (kind) {
			case WITHOUT_EXTERNAL_ID, TAKEN_WITHOUT_EXTERNAL_ID -> null;
			case DUPLICATE_EXTERNAL_ID -> "customer-" + (line - 1);
			default -> "customer-" + line;
		};
		return new Person(line, kind, email, "Line " + line, externalId);
	}

	private static String email(int line) {
		return "person-%d@example.com".formatted(line);
	}

	/**
	 * Creates the identities that are there before the import.
	 */
	static void createThoseBefore(KratosAdmin kratosAdmin, List<Person> people) {
		List<CreateIdentity> before = new ArrayList<>();
		for (Person person : people) {
			switch (person.kind()) {
				case TAKEN, TAKEN_WITHOUT_EXTERNAL_ID ->
					before.add(identity(person, "Owner " + person.line(), "owner-" + person.line()));
				case THERE_BEFORE -> before.add(identity(person, person.lastName(), person.externalId()));
				default -> {
				}
			}
		}
		create(kratosAdmin, before);
	}

	/**
	 * Returns how many are there before as they are in the file.
	 */
	static long countThoseBefore(List<Person> people) {
		return people.stream().filter((person) -> person.kind() == Kind.THERE_BEFORE).count();
	}

	/**
	 * Creates the identities of those who are not difficult.
	 */
	static void createEasyOnes(KratosAdmin kratosAdmin, List<Person> people) {
		create(kratosAdmin,
				people.stream()
					.filter((person) -> person.kind() == Kind.EASY)
					.map((person) -> identity(person, person.lastName(), person.externalId()))
					.toList());
	}

	private static void create(KratosAdmin kratosAdmin, List<CreateIdentity> identities) {
		kratosAdmin.importIdentities(identities.stream(), ImportIdentities.builder().build(), (result) -> {
			if (result.outcome() != ImportResult.Outcome.CREATED) {
				throw new IllegalStateException(result.toString());
			}
		});
	}

	private static CreateIdentity identity(Person person, String lastName, @Nullable String externalId) {
		return CreateIdentity.builder()
			.traits(Map.of("email", person.email(), "name", Map.of("first", "Person", "last", lastName)))
			.externalId(externalId)
			.credentials(ImportCredentials.builder().hashedPassword(People.PASSWORD_HASH).build())
			.build();
	}

}
