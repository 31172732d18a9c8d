package com.example.cloud;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.error.KratosServerException;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.test.autoconfigure.AutoConfigureEmbeddedKratos;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.never;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureRestTestClient
@AutoConfigureEmbeddedKratos
class CloudTests {

	private static final BillingService first = new BillingService("first");

	private static final BillingService second = new BillingService("second");

	@Autowired
	private RestTestClient http;

	@Autowired
	private KratosAdmin client;

	@Autowired
	private EmbeddedKratos kratos;

	@Autowired
	private BillingClient billing;

	@Autowired
	private CircuitBreakerRegistry circuitBreakers;

	@MockitoSpyBean
	private TenantInterceptor interceptor;

	@DynamicPropertySource
	static void instances(DynamicPropertyRegistry registry) {
		registry.add("spring.cloud.discovery.client.simple.instances.billing[0].uri", first::url);
		registry.add("spring.cloud.discovery.client.simple.instances.billing[1].uri", second::url);
	}

	@BeforeEach
	void reset() {
		first.reset();
		second.reset();
		this.circuitBreakers.getAllCircuitBreakers().forEach(CircuitBreaker::reset);
	}

	@AfterAll
	static void close() {
		first.close();
		second.close();
	}

	@Test
	void usesBothClientsInOneRequest() {
		String id = createIdentity();
		List<String> balances = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			AccountController.Account account = this.http.get()
				.uri("/accounts/{id}", id)
				.exchange()
				.expectStatus()
				.isOk()
				.expectBody(AccountController.Account.class)
				.returnResult()
				.getResponseBody();
			assertThat(account.email()).isEqualTo("alice@example.test");
			balances.add(account.balance());
		}
		assertThat(balances).containsOnly("first", "second");
	}

	@Test
	void feignClientsDoNotGetTheSettingsOfKratos() {
		this.billing.balance("1");
		this.billing.balance("2");
		assertThat(first.headers()).containsEntry("X-tenant", List.of("blue"))
			.containsEntry("X-application", List.of("shop"))
			.doesNotContainKey("X-kratos");
		assertThat(first.headers().toString()).doesNotContain("kratos");
	}

	@Test
	void kratosDoesNotGetTheSettingsOfFeignClients() {
		createIdentity();
		then(this.interceptor).should(never()).apply(any());
		this.billing.balance("1");
		then(this.interceptor).should().apply(any());
	}

	@Test
	void errorsOfKratosKeepTheirType() {
		this.kratos.failNext(1, 503);
		assertThatExceptionOfType(KratosServerException.class)
			.isThrownBy(() -> this.client.identities().listIdentities());
		first.fail(500);
		second.fail(500);
		assertThat(this.billing.balance("1")).isEqualTo("unknown: The billing service responded with 500");
	}

	@Test
	void theCircuitBreakerIsOnlyForFeignClients() {
		first.fail(500);
		second.fail(500);
		for (int i = 0; i < 4; i++) {
			this.billing.balance("1");
		}
		assertThat(this.billing.balance("1")).contains("is OPEN");
		this.kratos.failNext(4, 500);
		for (int i = 0; i < 4; i++) {
			assertThatExceptionOfType(KratosServerException.class)
				.isThrownBy(() -> this.client.identities().listIdentities());
		}
		assertThat(this.client.identities().listIdentities().items()).isEmpty();
		assertThat(this.circuitBreakers.getAllCircuitBreakers()).extracting(CircuitBreaker::getName)
			.containsExactlyInAnyOrder("BillingClientbalanceString", "kratos");
		assertThat(this.circuitBreakers.circuitBreaker("kratos").getMetrics().getNumberOfBufferedCalls()).isZero();
	}

	private String createIdentity() {
		return this.client.identities()
			.createIdentity(CreateIdentity.builder().traits(Map.of("email", "alice@example.test")).build())
			.id();
	}

}
