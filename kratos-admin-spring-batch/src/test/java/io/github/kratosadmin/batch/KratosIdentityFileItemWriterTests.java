package io.github.kratosadmin.batch;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.CredentialsType;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.IdentityState;
import io.github.kratosadmin.identity.ImportCredentials;
import io.github.kratosadmin.identity.ListIdentities;
import io.github.kratosadmin.identity.VerifiableAddress;
import io.github.kratosadmin.json.ResponseJson;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.core.io.FileSystemResource;

import static io.github.kratosadmin.batch.ReaderFixture.client;
import static io.github.kratosadmin.batch.ReaderFixture.readRows;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KratosIdentityFileItemWriter}.
 */
class KratosIdentityFileItemWriterTests {

	private static final String HASH = "$2a$10$ZsCsoVQ3xfBG/K37z2XpBeVoJjXNsVK/LHKt6hZDOK1TAZbq5RYGG";

	@TempDir
	private Path folder;

	@Test
	void anImportOfTheFileCreatesTheSameIdentities() throws Exception {
		try (EmbeddedKratos source = EmbeddedKratos.start();
				KratosAdmin sourceClient = client(source);
				EmbeddedKratos target = EmbeddedKratos.start();
				KratosAdmin targetClient = client(target)) {
			createIdentities(sourceClient);
			Path exported = export(sourceClient, "exported.ndjson");
			KratosIdentityImportItemWriter importWriter = new KratosIdentityImportItemWriterBuilder().name("import")
				.kratosAdmin(targetClient)
				.marker("copy")
				.build();
			importWriter.open(new ExecutionContext());
			importWriter.write(new Chunk<>(readRows(new FileSystemResource(exported))));
			List<String> again = Files.readAllLines(export(targetClient, "again.ndjson"));
			assertThat(Files.readAllLines(exported)).hasSize(2)
				.anySatisfy(
						(line) -> assertThat(line).contains(HASH, "12345678901234567890", "0.10", "github", "4711"));
			// The import marks the identity without an external id.
			assertThat(again)
				.map((line) -> line.replaceAll("\"metadata_admin\":\\{\"kratos_admin_import\":\"copy:\\d\"},", ""))
				.map((line) -> line.replaceAll(",\"metadata_admin\":\\{\"kratos_admin_import\":\"copy:\\d\"}", ""))
				.containsExactlyInAnyOrderElementsOf(Files.readAllLines(exported));
		}
	}

	private static void createIdentities(KratosAdmin client) {
		client.identities()
			.createIdentity(CreateIdentity.builder()
				.schemaId("default")
				.traits(Map.of("email", "zoë@example.test", "name",
						Map.of("first", "Zoë 😀", "last", "O'\"Neil\u2028")))
				.state(IdentityState.INACTIVE)
				.metadataPublic(Map.of("big", new BigInteger("12345678901234567890"), "decimal", new BigDecimal("0.10"),
						"list", List.of(1, "two")))
				.metadataAdmin(Map.of("note", "secret"))
				.externalId("customer-1")
				.verifiableAddress(VerifiableAddress.email("zoë@example.test", true))
				.credentials(ImportCredentials.builder().hashedPassword(HASH).oidc("github", "4711").build())
				.build());
		client.identities()
			.createIdentity(CreateIdentity.builder().traits(Map.of("email", "bob@example.test")).build());
	}

	@Test
	void onlyTheOwnerMayReadTheFile() throws Exception {
		Path file = this.folder.resolve("exported.ndjson");
		KratosIdentityFileItemWriter writer = writer(file);
		writer.open(new ExecutionContext());
		writer.write(Chunk.of(identity("1")));
		writer.close();
		OwnerOnly.check(file);
	}

	@Test
	void beginsAgainIfARunHasEndedBeforeItsFirstCommit() throws Exception {
		Path file = this.folder.resolve("exported.ndjson");
		KratosIdentityFileItemWriter killed = writer(file);
		killed.open(new ExecutionContext());
		killed.write(Chunk.of(identity("1"), identity("2")));
		killed.close();
		KratosIdentityFileItemWriter restarted = writer(file);
		restarted.open(new ExecutionContext());
		restarted.write(Chunk.of(identity("1")));
		restarted.close();
		assertThat(Files.readAllLines(file)).containsExactly("{\"traits\":{},\"external_id\":\"1\"}");
		OwnerOnly.check(file);
	}

	@Test
	void afterACrashEachIdentityIsInTheFileOnce() throws Exception {
		Path file = this.folder.resolve("exported.ndjson");
		ExecutionContext context = new ExecutionContext();
		KratosIdentityFileItemWriter crashed = writer(file);
		crashed.open(context);
		crashed.write(Chunk.of(identity("1"), identity("2")));
		crashed.update(context);
		crashed.write(Chunk.of(identity("3"), identity("4")));
		crashed.close();
		KratosIdentityFileItemWriter restarted = writer(file);
		restarted.open(context);
		restarted.write(Chunk.of(identity("3"), identity("4")));
		restarted.update(context);
		restarted.write(Chunk.of(identity("5")));
		restarted.close();
		assertThat(Files.readAllLines(file)).containsExactly("{\"traits\":{},\"external_id\":\"1\"}",
				"{\"traits\":{},\"external_id\":\"2\"}", "{\"traits\":{},\"external_id\":\"3\"}",
				"{\"traits\":{},\"external_id\":\"4\"}", "{\"traits\":{},\"external_id\":\"5\"}");
	}

	private static Identity identity(String externalId) {
		return ResponseJson.read("{\"id\":\"x\",\"traits\":{},\"external_id\":\"" + externalId + "\"}", Identity.class);
	}

	private static KratosIdentityFileItemWriter writer(Path file) {
		return new KratosIdentityFileItemWriterBuilder().name("export").file(file).build();
	}

	private Path export(KratosAdmin client, String name) throws Exception {
		Path file = this.folder.resolve(name);
		KratosIdentityFileItemWriter writer = writer(file);
		writer.open(new ExecutionContext());
		List<Identity> identities = client.identities()
			.streamIdentities(
					ListIdentities.builder().includeCredential(CredentialsType.PASSWORD, CredentialsType.OIDC).build())
			.toList();
		writer.write(new Chunk<>(identities));
		writer.close();
		return file;
	}

}
