package io.github.kratosadmin.samples.quickstart;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.test.autoconfigure.AutoConfigureEmbeddedKratos;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the customer service over HTTP, on an embedded Kratos.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "kratos.admin.health.timeout=1m")
@AutoConfigureRestTestClient
@AutoConfigureEmbeddedKratos
class CustomerServiceTests {

	@Autowired
	private RestTestClient http;

	@Autowired
	private EmbeddedKratos kratos;

	@Autowired
	private KratosAdmin client;

	@Test
	void registersACustomer() {
		Customer customer = register("alice@example.test");
		assertThat(customer.email()).isEqualTo("alice@example.test");
		assertThat(customer.name()).isEqualTo(new CustomerTraits.Name("Alice", "Adams"));
		assertThat(this.client.identities().getIdentity(customer.id()).traits().path("email").asString())
			.isEqualTo("alice@example.test");
	}

	@Test
	void refusesASecondCustomerWithTheSameAddress() {
		register("alice@example.test");
		this.http.post()
			.uri("/customers")
			.body(Map.of("email", "alice@example.test"))
			.exchange()
			.expectStatus()
			.isEqualTo(HttpStatus.CONFLICT)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON);
	}

	@Test
	void refusesAnInvalidEmailAddress() {
		this.http.post()
			.uri("/customers")
			.body(Map.of("email", "alice"))
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON);
		assertThat(this.kratos.requests()).noneMatch((request) -> request.path().endsWith("/identities"));
	}

	@Test
	void listsCustomersPageByPage() {
		List<String> registered = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			registered.add(register("customer" + i + "@example.test").email());
		}
		List<String> listed = new ArrayList<>();
		String page = null;
		do {
			CustomerController.CustomerPage customers = list(page);
			assertThat(customers.customers()).hasSizeLessThanOrEqualTo(2);
			customers.customers().forEach((customer) -> listed.add(customer.email()));
			page = customers.next();
		}
		while (page != null);
		assertThat(listed).containsExactlyInAnyOrderElementsOf(registered);
	}

	@ParameterizedTest
	@ValueSource(strings = { "second", " ", "page=99999999999", "page_token= " })
	void refusesAnInvalidPage(String page) {
		expectProblem(this.http.get().uri("/customers?page={page}", page), HttpStatus.BAD_REQUEST);
	}

	@Test
	void doesNotListIdentitiesOfOtherServices() {
		Customer customer = register("alice@example.test");
		createIdentityOfAnotherService();
		assertThat(list(null).customers()).containsExactly(customer);
	}

	@Test
	void neitherShowsNorChangesIdentitiesOfOtherServices() {
		String id = createIdentityOfAnotherService();
		expectProblem(this.http.get().uri("/customers/{id}", id), HttpStatus.NOT_FOUND);
		expectProblem(this.http.put().uri("/customers/{id}/name", id).body(new CustomerTraits.Name("Alice", "Adams")),
				HttpStatus.NOT_FOUND);
		expectProblem(this.http.post().uri("/customers/{id}/recovery-link", id), HttpStatus.NOT_FOUND);
		expectProblem(this.http.delete().uri("/customers/{id}", id), HttpStatus.NOT_FOUND);
		assertThat(this.client.identities().getIdentity(id).traits()).hasToString("{\"email\":[\"none\"]}");
	}

	@ParameterizedTest
	@CsvSource({ "GET, /customers/%20", "DELETE, /customers/%20", "POST, /customers/%20/recovery-link",
			"GET, /customers/alice", "GET, /customers/%2e" })
	void refusesAnInvalidId(HttpMethod method, String path, @LocalServerPort int port) {
		URI uri = URI.create("http://localhost:" + port + path);
		expectProblem(this.http.method(method).uri(uri), HttpStatus.BAD_REQUEST);
		assertThat(this.kratos.requests()).noneMatch((request) -> request.path().endsWith("/identities"));
	}

	@Test
	void showsACustomer() {
		Customer customer = register("alice@example.test");
		this.http.get().uri("/customers/{id}", customer.id()).exchange().expectBody(Customer.class).isEqualTo(customer);
	}

	@Test
	void respondsWithNotFoundForAnUnknownCustomer() {
		this.http.get()
			.uri("/customers/{id}", "12345678-9abc-4def-8123-456789abcdef")
			.exchange()
			.expectStatus()
			.isNotFound()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON);
	}

	@Test
	void renamesACustomerAndKeepsTheOtherTraits() {
		this.kratos.addSchema("default", """
				{"type": "object", "properties": {"traits": {"type": "object", "properties": {
				  "email": {"type": "string"}, "phone": {"type": "string"}, "name": {"type": "object"}}}}}""");
		String id = this.client.identities()
			.createIdentity(CreateIdentity.builder()
				.traits(Map.of("email", "alice@example.test", "phone", "+46 8 123"))
				.build())
			.id();
		this.http.put()
			.uri("/customers/{id}/name", id)
			.body(new CustomerTraits.Name("Alicia", "Adams"))
			.exchange()
			.expectStatus()
			.isOk();
		JsonNode traits = this.client.identities().getIdentity(id).traits();
		assertThat(traits.path("phone").asString()).isEqualTo("+46 8 123");
		assertThat(traits.path("email").asString()).isEqualTo("alice@example.test");
		assertThat(traits.path("name")).hasToString("{\"first\":\"Alicia\",\"last\":\"Adams\"}");
	}

	@Test
	void deletesACustomer() {
		Customer customer = register("alice@example.test");
		this.http.delete().uri("/customers/{id}", customer.id()).exchange().expectStatus().isNoContent();
		this.http.delete().uri("/customers/{id}", customer.id()).exchange().expectStatus().isNotFound();
	}

	@Test
	void issuesARecoveryLink() {
		Customer customer = register("alice@example.test");
		CustomerController.RecoveryLinkForCustomer link = this.http.post()
			.uri("/customers/{id}/recovery-link", customer.id())
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(CustomerController.RecoveryLinkForCustomer.class)
			.returnResult()
			.getResponseBody();
		assertThat(link.url()).contains("/self-service/recovery?flow=");
		assertThat(link.expiresAt()).isNotNull();
	}

	@Test
	void respondsWithBadGatewayAndNoDetailIfKratosFails() {
		this.kratos.failNext(1, 500);
		this.http.get()
			.uri("/customers")
			.exchange()
			.expectStatus()
			.isEqualTo(HttpStatus.BAD_GATEWAY)
			.expectBody()
			.jsonPath("$.detail")
			.doesNotExist();
	}

	@Test
	void keepsTheStatusOfTooManyRequests() {
		// The HTTP client of the test retries once.
		this.kratos.failNext(2, 429);
		expectProblem(this.http.get().uri("/customers"), HttpStatus.TOO_MANY_REQUESTS);
	}

	@Test
	void healthShowsKratosWithoutDetails() {
		this.http.get()
			.uri("/actuator/health")
			.exchange()
			.expectBody()
			.jsonPath("$.components.kratos.status")
			.isEqualTo("UP")
			.jsonPath("$.components.kratos.details")
			.doesNotExist();
	}

	@Test
	void healthIsDownWhenKratosIsNotReady() {
		this.kratos.notReady("database", "host=db user=kratos");
		this.http.get()
			.uri("/actuator/health")
			.exchange()
			.expectStatus()
			.isEqualTo(HttpStatus.SERVICE_UNAVAILABLE)
			.expectBody()
			.jsonPath("$.components.kratos.status")
			.isEqualTo("DOWN");
	}

	private void expectProblem(RestTestClient.RequestHeadersSpec<?> request, HttpStatus status) {
		request.exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON);
	}

	/** Creates an identity of another service, with other traits. */
	private String createIdentityOfAnotherService() {
		this.kratos.addSchema("other", """
				{"type": "object", "properties": {"traits": {"type": "object"}}}""");
		return this.client.identities()
			.createIdentity(CreateIdentity.builder().schemaId("other").traits(Map.of("email", List.of("none"))).build())
			.id();
	}

	private Customer register(String email) {
		return this.http.post()
			.uri("/customers")
			.body(Map.of("email", email, "name", Map.of("first", "Alice", "last", "Adams")))
			.exchange()
			.expectStatus()
			.isCreated()
			.expectBody(Customer.class)
			.returnResult()
			.getResponseBody();
	}

	private CustomerController.CustomerPage list(String page) {
		return ((page != null) ? this.http.get().uri("/customers?size=2&page={page}", page)
				: this.http.get().uri("/customers?size=2"))
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(CustomerController.CustomerPage.class)
			.returnResult()
			.getResponseBody();
	}

}
