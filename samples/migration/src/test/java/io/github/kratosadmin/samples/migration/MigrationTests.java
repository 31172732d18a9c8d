package io.github.kratosadmin.samples.migration;

import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.CredentialsType;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.ImportCredentials;
import io.github.kratosadmin.identity.ListIdentities;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.batch.core.job.parameters.InvalidJobParametersException;
import org.springframework.batch.core.launch.JobInstanceAlreadyCompleteException;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class MigrationTests {

	private static final String OTHER_PASSWORD_HASH = People.PASSWORD_HASH.replace("RYGG", "RYGH");

	/** Begins as a serialized object of Java does. */
	private static final Pattern BASE64 = Pattern.compile("rO0AB[A-Za-z0-9+/=]+");

	private final EmbeddedKratos kratos = EmbeddedKratos.start();

	private final KratosAdmin kratosAdmin = KratosAdmin.builder().baseUrl(this.kratos.adminUrl().toString()).build();

	@TempDir
	private Path folder;

	@AfterEach
	void close() {
		this.kratosAdmin.close();
		this.kratos.close();
	}

	@Test
	void createsAnIdentityForEachLine() {
		Path people = People.write(this.folder.resolve("people.csv"), 5);
		assertThat(run("import", "input=" + people)).isZero();
		try (Stream<Identity> identities = this.kratosAdmin.identities().streamIdentities()) {
			assertThat(identities).extracting(Identity::externalId)
				.containsExactlyInAnyOrder("customer-1", "customer-2", "customer-3", "customer-4", "customer-5");
		}
	}

	@Test
	void readsAFileWithAByteOrderMark() throws Exception {
		Path people = People.write(this.folder.resolve("people.csv"), 5);
		Files.writeString(people, "\uFEFF" + Files.readString(people));
		assertThat(run("import", "input=" + people)).isZero();
		assertThat(identities()).hasSize(5);
	}

	@Test
	void importsWhatItHasExported() {
		run("import", "input=" + People.write(this.folder.resolve("people.csv"), 5));
		Path exported = this.folder.resolve("identities.ndjson");
		assertThat(run("export", "output=" + exported)).isZero();
		List<CreateIdentity> before = identities();
		this.kratos.reset();
		assertThat(run("import", "input=" + exported)).isZero();
		assertThat(identities()).hasSize(5).containsExactlyInAnyOrderElementsOf(before);
	}

	/**
	 * Returns all identities with their passwords.
	 */
	private List<CreateIdentity> identities() {
		ListIdentities query = ListIdentities.builder().includeCredential(CredentialsType.PASSWORD).build();
		try (Stream<Identity> identities = this.kratosAdmin.identities().streamIdentities(query)) {
			return identities.map((identity) -> CreateIdentity.from(identity).build()).toList();
		}
	}

	@Test
	void reportsWhatBecameOfTheRows(CapturedOutput output) {
		Path people = difficultPeople();
		assertThat(run("import", "input=" + people)).isEqualTo(10);
		assertThat(output).contains(": COMPLETED, with rows to correct (exit code 10)")
			.containsPattern("(?m)^ +2 created$")
			.containsPattern("(?m)^ +1 there before, or created by a run that was killed$")
			.containsPattern("(?m)^ +6 failed$")
			.containsPattern("(?m)^ +0 unknown$")
			.containsPattern("(?m)^ +2 verified: as in the file$")
			.containsPattern("(?m)^ +7 missing or different, with those that failed$")
			.contains("people.csv.different.ndjson:", "{\"row\":3,\"identity_id\":",
					"The identity differs in credentials")
			.contains("people.csv.failed.ndjson:", "{\"row\":4,\"outcome\":\"FAILED\",\"reason\":\"");
		assertThat(ImportFiles.failed(people.toString(), "import")).content().hasLineCount(6);
	}

	@Test
	void reportsRowsThatTheVerificationCannotLookUp(CapturedOutput output) {
		// a client cannot send this external id in a path
		Path people = People.write(this.folder.resolve("people.csv"),
				Stream.of("person-1@example.com,Person,Number 1,..," + People.PASSWORD_HASH));
		assertThat(run("import", "input=" + people)).isEqualTo(10);
		assertThat(output).containsPattern("(?m)^ +1 created$")
			.containsPattern("(?m)^ +1 could not be looked up$")
			.contains("people.csv.different.ndjson:", "the client cannot send its external id");
	}

	@Test
	void reportsInTheSameWayWhateverTheLocale(CapturedOutput output) {
		Locale locale = Locale.getDefault();
		Locale.setDefault(Locale.forLanguageTag("ar-u-nu-arab"));
		try {
			run("import", "input=" + People.write(this.folder.resolve("people.csv"), 5));
		}
		finally {
			Locale.setDefault(locale);
		}
		assertThat(output).containsPattern("(?m)^ +5 created$").containsPattern("(?m)^ +5 verified: as in the file$");
	}

	@Test
	void doesNotStartAsManagerAndWorker(CapturedOutput output) {
		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
			.isThrownBy(() -> run("import", "--spring.profiles.active=manager,worker"));
		assertThat(output).contains("A process is either the manager or a worker").doesNotContain("\tat ");
	}

	@Test
	void endsWithAnExitCodeOfItsOwnIfOnlyTheVerificationFindsRowsToCorrect() {
		this.kratosAdmin.identities().createIdentity(identity("person-1@example.com", "Number 1", "customer-1"));
		Path people = People.write(this.folder.resolve("people.csv"), 5);
		assertThat(run("import", "input=" + people)).isEqualTo(10);
	}

	@Test
	void showsAndStoresNoContentOfRows(CapturedOutput output) throws Exception {
		run("import", "input=" + difficultPeople());
		assertThat(output + jobRepository()).doesNotContain("person-")
			.doesNotContain("Person")
			.doesNotContain("$2a$")
			.contains("BATCH_STEP_EXECUTION_CONTEXT", "import.already.done");
	}

	@Test
	void showsAndStoresNoContentOfRowsIfAStepFails(CapturedOutput output) throws Exception {
		failedImport();
		assertThat(output + jobRepository()).doesNotContain("person-")
			.doesNotContain("Person")
			.doesNotContain("$2a$")
			.doesNotContain("malformed")
			.contains("\tat io.github.kratosadmin");
	}

	@Test
	void doesNotTakeTheIdentityOfAnotherFileWithTheSameNameForItsOwn() {
		Path first = People.write(this.folder.resolve("2025/people.csv"),
				Stream.of("person-1@example.com,Person,One,,"));
		assertThat(run("import", "input=" + first)).isZero();
		Path second = People.write(this.folder.resolve("2026/people.csv"),
				Stream.of("person-1@example.com,Person,Two,,"));
		assertThat(run("import", "input=" + second)).isEqualTo(10);
		assertThat(ImportFiles.failed(second.toString(), "import")).content().hasLineCount(1);
	}

	private Path difficultPeople() {
		this.kratosAdmin.identities().createIdentity(identity("person-2@example.com", "Number 2", "customer-2"));
		this.kratosAdmin.identities().createIdentity(identity("person-3@example.com", "Number 3", "somebody else"));
		return People.write(this.folder.resolve("people.csv"),
				Stream.of(People.line(1), People.line(2), People.line(3), "person-4@example.com,Person", "",
						"# person-6", "nobody,Person,Seven,customer-7,", "person-8@example.com,Person\uFFFD,Eight,,",
						"person-9@example.com,Person,Nine,,"));
	}

	private static CreateIdentity identity(String email, String lastName, String externalId) {
		return CreateIdentity.builder()
			.traits(Map.of("email", email, "name", Map.of("first", "Person", "last", lastName)))
			.externalId(externalId)
			.credentials(ImportCredentials.builder().hashedPassword(OTHER_PASSWORD_HASH).build())
			.build();
	}

	/**
	 * Returns all that is stored, the execution contexts also decoded: Spring Batch has
	 * them as objects of Java in Base64.
	 */
	private String jobRepository() throws Exception {
		StringBuilder script = new StringBuilder();
		try (Connection connection = DriverManager.getConnection(url());
				Statement statement = connection.createStatement();
				ResultSet lines = statement.executeQuery("SCRIPT")) {
			while (lines.next()) {
				script.append(lines.getString(1)).append('\n');
			}
		}
		BASE64.matcher(script.toString())
			.results()
			.map((text) -> Base64.getMimeDecoder().decode(text.group()))
			.forEach((decoded) -> script.append(new String(decoded, StandardCharsets.UTF_8)).append('\n'));
		return script.toString();
	}

	@Test
	void refusesToRunBesideAnotherProcess(CapturedOutput output) throws Exception {
		Path people = People.write(this.folder.resolve("people.csv"), 5);
		run("import", "input=" + people);
		try (RandomAccessFile file = new RandomAccessFile(this.folder.resolve("jobs.mv.db").toFile(), "rw");
				FileLock lock = file.getChannel().lock()) {
			assertThat(lock.isValid()).isTrue();
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> run("import", "input=" + people))
				.withRootCauseInstanceOf(JobsRunElsewhereException.class);
		}
		assertThat(output).contains("Another process runs jobs of the job repository", "the job goes on")
			.doesNotContain("\tat ");
	}

	@Test
	void saysThatAFileWasImported(CapturedOutput output) {
		Path people = People.write(this.folder.resolve("people.csv"), 5);
		run("import", "input=" + people);
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> run("import", "input=" + people))
			.withRootCauseInstanceOf(JobInstanceAlreadyCompleteException.class);
		assertThat(output).contains("There is nothing left to do").doesNotContain("\tat ");
	}

	@Test
	void refusesToGoOnWithAFileThatHasChanged(CapturedOutput output) throws Exception {
		Path people = failedImport();
		FileTime time = Files.getLastModifiedTime(people);
		String text = Files.readString(people);
		Files.writeString(people, text + People.line(6));
		Files.setLastModifiedTime(people, time);
		assertRefusesToGoOn(people);
		Files.writeString(people, text);
		Files.setLastModifiedTime(people, FileTime.from(time.toInstant().plusSeconds(1)));
		assertRefusesToGoOn(people);
		assertThat(output).contains("people.csv has begun, and since then the file has changed", "use another path");
		Files.setLastModifiedTime(people, time);
		assertThat(run("import", "input=" + people)).isEqualTo(10);
	}

	private void assertRefusesToGoOn(Path people) {
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> run("import", "input=" + people))
			.withRootCauseInstanceOf(SameInput.InputChangedException.class);
	}

	/**
	 * Returns the file of an import that has failed, as it could not report a row, and
	 * need not fail again.
	 */
	private Path failedImport() throws Exception {
		Path people = People.write(this.folder.resolve("people.csv"), Stream.of(People.line(1), "malformed"));
		Path obstacle = ImportFiles.failed(people.toString(), "import");
		Files.createDirectories(obstacle.resolve("not-empty"));
		assertThat(run("import", "input=" + people)).isEqualTo(5);
		FileSystemUtils.deleteRecursively(obstacle);
		return people;
	}

	@Test
	void saysThatAFileIsMissingUntilItIsThere(CapturedOutput output) {
		Path people = this.folder.resolve("people.csv");
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> run("import", "input=" + people))
			.withRootCauseInstanceOf(InvalidJobParametersException.class);
		assertThat(output).contains("people.csv does not exist or cannot be read").doesNotContain("\tat ");
		People.write(people, 5);
		assertThat(run("import", "input=" + people)).isZero();
	}

	@Test
	void failsAndSendsNothingFromAFileWithAnotherHeader() throws Exception {
		Path people = Files.writeString(this.folder.resolve("people.csv"),
				PersonLineMapper.HEADER.replace("first_name,last_name", "last_name,first_name") + "\n"
						+ People.line(1));
		assertThat(run("import", "input=" + people)).isEqualTo(5);
		assertThat(this.kratos.requests()).noneMatch((request) -> !request.method().equals("GET"));
	}

	private int run(String job, String parameter) {
		return SpringApplication.exit(SpringApplication.run(MigrationApplication.class,
				"--spring.batch.job.name=" + job, "--kratos.admin.base-url=" + this.kratos.adminUrl(),
				"--spring.datasource.url=" + url(), parameter));
	}

	private String url() {
		return "jdbc:h2:file:" + this.folder.resolve("jobs") + ";WRITE_DELAY=0";
	}

}
