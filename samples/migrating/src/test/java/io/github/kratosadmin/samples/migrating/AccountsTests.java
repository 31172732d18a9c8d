package io.github.kratosadmin.samples.migrating;

import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.samples.migrating.Accounts.EmailTakenException;
import io.github.kratosadmin.test.embedded.EmbeddedKratosExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sh.ory.kratos.ApiClient;

import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that the calls before and after do the same on the newest Kratos.
 */
class AccountsTests {

	@RegisterExtension
	static EmbeddedKratosExtension embedded = new EmbeddedKratosExtension();

	private static KratosAdmin kratos;

	@BeforeAll
	static void start() {
		kratos = KratosAdmin.builder().baseUrl(url()).build();
	}

	@AfterAll
	static void close() {
		kratos.close();
	}

	private static String url() {
		return embedded.kratos().adminUrl().toString();
	}

	static Stream<Accounts> accounts() {
		return Stream.concat(Stream.of(new RestClientAccounts(RestClient.builder(), url())), complete());
	}

	static Stream<Accounts> complete() {
		return Stream.of(new OfficialClientAccounts(new ApiClient().setBasePath(url())),
				new KratosAdminAccounts(kratos));
	}

	@ParameterizedTest
	@MethodSource("accounts")
	void registersAndFinds(Accounts accounts) throws Exception {
		String id = accounts.register("alice@example.test");
		assertThat(accounts.find("alice@example.test")).hasValue(id);
		assertThat(accounts.find("bob@example.test")).isEmpty();
		assertThat(accounts.exists(id)).isTrue();
		assertThat(accounts.exists("12345678-9abc-4def-8123-456789abcdef")).isFalse();
		assertThatExceptionOfType(EmailTakenException.class).isThrownBy(() -> accounts.register("alice@example.test"));
	}

	@ParameterizedTest
	@MethodSource("accounts")
	void changesThePlan(Accounts accounts) throws Exception {
		String id = accounts.register("alice@example.test");
		accounts.changePlan(id, "pro");
		assertThat(kratos.identities().getIdentity(id).metadataAdmin().path("plan").asString()).isEqualTo("pro");
	}

	@ParameterizedTest
	@MethodSource("accounts")
	void listsAll(Accounts accounts) throws Exception {
		Stream<CreateIdentity> rows = IntStream.range(0, 251)
			.mapToObj((number) -> CreateIdentity.builder()
				.traits(Map.of("email", "user" + number + "@example.test"))
				.build());
		assertThat(kratos.importIdentities(rows, (result) -> {
		}).created()).isEqualTo(251);
		assertThat(accounts.all()).hasSize(251).doesNotHaveDuplicates();
	}

	@ParameterizedTest
	@MethodSource("complete")
	void changesTheEmailAndKeepsTheRest(Accounts accounts) throws Exception {
		String id = accounts.register("alice@example.test");
		accounts.changePlan(id, "pro");
		accounts.changeEmail(id, "alicia@example.test");
		Identity changed = kratos.identities().getIdentity(id);
		assertThat(changed.traits()).hasToString("{\"email\":\"alicia@example.test\"}");
		assertThat(changed.metadataAdmin()).hasToString("{\"plan\":\"pro\"}");
	}

}
