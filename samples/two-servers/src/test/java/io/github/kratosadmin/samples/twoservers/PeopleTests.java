package io.github.kratosadmin.samples.twoservers;

import java.util.List;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.identity.ListIdentities;
import io.github.kratosadmin.test.autoconfigure.AutoConfigureEmbeddedKratos;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the service, with an embedded Kratos for each client.
 */
@SpringBootTest
@AutoConfigureMockMvc
@AutoConfigureEmbeddedKratos
@ExtendWith(OutputCaptureExtension.class)
class PeopleTests {

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	@Qualifier("customers")
	private KratosAdmin customers;

	@Autowired
	@Qualifier("staff")
	private KratosAdmin staff;

	@Autowired
	@Qualifier("staff")
	private EmbeddedKratos staffKratos;

	@Test
	void registersACustomerOnTheServerOfTheCustomers() {
		post("/customers", "alice@example.test");
		assertThat(emails(this.customers)).containsExactly("alice@example.test");
		assertThat(emails(this.staff)).isEmpty();
	}

	@Test
	void invitesStaffOnTheServerOfTheStaff() {
		post("/staff", "bob@example.test");
		assertThat(emails(this.staff)).containsExactly("bob@example.test");
		assertThat(this.staffKratos.requests()).anyMatch((request) -> request.path().endsWith("/recovery/code"));
		assertThat(emails(this.customers)).isEmpty();
	}

	@Test
	void logsTheChangesOnBothServers(CapturedOutput output) {
		post("/customers", "alice@example.test");
		post("/staff", "bob@example.test");
		assertThat(output).contains("customers createIdentity SUCCESS", "staff createIdentity SUCCESS",
				"staff createRecoveryCodeForIdentity SUCCESS");
	}

	@Test
	void countsTheCallsOfEachClient() {
		post("/customers", "alice@example.test");
		post("/staff", "bob@example.test");
		for (String client : List.of("customers", "staff")) {
			assertThat(this.mvc.get()
				.uri("/actuator/metrics/kratos.admin.requests?tag=operation:createIdentity&tag=client.name:" + client))
				.as(client)
				.hasStatusOk();
		}
	}

	private void post(String path, String email) {
		assertThat(this.mvc.post()
			.uri(path)
			.contentType(MediaType.APPLICATION_JSON)
			.content("{\"email\":\"" + email + "\"}")).hasStatus(HttpStatus.CREATED);
	}

	private static List<String> emails(KratosAdmin kratos) {
		return kratos.identities()
			.listIdentities(ListIdentities.builder().build())
			.items()
			.stream()
			.map((identity) -> identity.traits().path("email").asString())
			.toList();
	}

}
