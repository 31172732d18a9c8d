package io.github.kratosadmin.samples.docs;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.kratosadmin.autoconfigure.KratosAdminAutoConfiguration;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.error.KratosRateLimitedException;
import io.github.kratosadmin.error.KratosServerException;
import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.interceptor.KratosAdminInterceptor;
import io.github.kratosadmin.interceptor.OperationCall;
import io.github.kratosadmin.samples.docs.Retries.RetriedAccounts;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the retries of Spring Framework in docs/errors.md.
 */
class RetriesTests {

	private static final CreateIdentity ALICE = CreateIdentity.builder()
		.traits(Map.of("email", "alice@example.test"))
		.build();

	@AutoClose
	private final EmbeddedKratos kratos = EmbeddedKratos.start();

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KratosAdminAutoConfiguration.class))
		.withUserConfiguration(Retries.class)
		.withBean(Calls.class)
		.withPropertyValues("kratos.admin.base-url=" + this.kratos.adminUrl(), "kratos.admin.path-prefix=/admin");

	@ParameterizedTest
	@ValueSource(ints = { 500, 503 })
	void aReadIsRetriedIfTheServerFails(int status) {
		this.application.run((context) -> {
			RetriedAccounts accounts = context.getBean(RetriedAccounts.class);
			String id = accounts.register(ALICE).id();
			this.kratos.failNext(2, status);
			assertThat(accounts.find(id).id()).isEqualTo(id);
			assertThat(requests("GET")).isEqualTo(3);
		});
	}

	@Test
	void theLastFailureIsThrown() {
		this.application.run((context) -> {
			this.kratos.failNext(3, 503);
			assertThatExceptionOfType(KratosServerException.class)
				.isThrownBy(() -> context.getBean(RetriedAccounts.class).find("x"));
			assertThat(requests("GET")).isEqualTo(3);
		});
	}

	@Test
	void aReadIsNotRetriedIfTheServerLimitsTheRate() {
		this.application.run((context) -> {
			this.kratos.failNext(1, 429);
			assertThatExceptionOfType(KratosRateLimitedException.class)
				.isThrownBy(() -> context.getBean(RetriedAccounts.class).find("x"));
			assertThat(requests("GET")).isEqualTo(1);
		});
	}

	@Test
	void aReadIsNotRetriedAfterAnother4xx() {
		this.application.run((context) -> {
			assertThatExceptionOfType(KratosNotFoundException.class)
				.isThrownBy(() -> context.getBean(RetriedAccounts.class).find("12345678-9abc-4def-8123-456789abcdef"));
			assertThat(requests("GET")).isEqualTo(1);
		});
	}

	@Test
	void aChangeIsNotRetriedOnceItWasSent() {
		this.application.run((context) -> {
			this.kratos.failNext(1, 503);
			assertThatExceptionOfType(KratosServerException.class)
				.isThrownBy(() -> context.getBean(RetriedAccounts.class).register(ALICE));
			assertThat(requests("POST")).isEqualTo(1);
		});
	}

	@Test
	void aChangeIsRetriedIfNothingWasSent() {
		this.kratos.close();
		this.application.run((context) -> {
			assertThatExceptionOfType(KratosUnavailableException.class)
				.isThrownBy(() -> context.getBean(RetriedAccounts.class).register(ALICE));
			assertThat(context.getBean(Calls.class).count).hasValue(3);
		});
	}

	@Test
	void theRetriesOfTheClientMultiplyThoseOfTheMethod() {
		this.application
			.withPropertyValues("kratos.admin.retry.max-retries=1", "kratos.admin.retry.delay=1ms",
					"kratos.admin.retry.jitter=0ms")
			.run((context) -> {
				this.kratos.failNext(6, 503);
				assertThatExceptionOfType(KratosServerException.class)
					.isThrownBy(() -> context.getBean(RetriedAccounts.class).find("x"));
				assertThat(requests("GET")).isEqualTo(6);
			});
	}

	@Test
	void anInterruptedCallIsNotRetried() {
		this.application.run((context) -> {
			RetriedAccounts accounts = context.getBean(RetriedAccounts.class);
			Thread.currentThread().interrupt();
			try {
				assertThatExceptionOfType(KratosUnavailableException.class).isThrownBy(() -> accounts.find("x"))
					.withMessageContaining("interrupted");
			}
			finally {
				assertThat(Thread.interrupted()).isTrue();
			}
			assertThat(context.getBean(Calls.class).count).hasValue(1);
		});
	}

	private long requests(String method) {
		return this.kratos.requests().stream().filter((request) -> request.method().equals(method)).count();
	}

	static class Calls implements KratosAdminInterceptor {

		private final AtomicInteger count = new AtomicInteger();

		@Override
		public void beforeOperation(OperationCall call) {
			this.count.incrementAndGet();
		}

	}

}
