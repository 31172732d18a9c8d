package io.github.kratosadmin.internal.feign;

import java.util.ArrayList;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.read.ListAppender;
import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.KratosAdminBuilder;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.testing.TestServer;
import io.github.kratosadmin.testing.TestServer.StubResponse;
import io.micrometer.observation.Observation;
import io.micrometer.observation.tck.TestObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CallLogTests {

	private static final String IDENTITY = "{\"id\":\"x\"}";

	private final Logger logger = (Logger) LoggerFactory.getLogger(KratosAdmin.class);

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	@AutoClose
	private final TestServer server = new TestServer();

	@BeforeEach
	void listen() {
		this.log.start();
		this.logger.setLevel(Level.DEBUG);
		this.logger.addAppender(this.log);
	}

	@AfterEach
	void stopListening() {
		this.logger.detachAppender(this.log);
		this.logger.setLevel(null);
	}

	@Test
	void aCallIsLoggedWithTheRequestIdOfTheResponse() {
		this.server.respond(StubResponse.json(IDENTITY).header("X-Request-Id", "f00-1"));
		try (KratosAdmin admin = builder().build()) {
			admin.identities().getIdentity("x");
		}
		assertThat(lines()).singleElement().asString().matches("getIdentity SUCCESS 200 in \\d+ ms \\[request f00-1]");
		assertThat(this.log.list.get(0).getLevel()).isEqualTo(Level.DEBUG);
	}

	@Test
	void aFailedCallIsLoggedWithTheRequestIdOfTheError() {
		this.server
			.respond(StubResponse.json(404, "{\"error\":{\"code\":404,\"message\":\"x\",\"request\":\"9b2-7\"}}"));
		assertThatGetIdentityFails();
		assertThat(lines()).singleElement()
			.asString()
			.matches("getIdentity CLIENT_ERROR 404 in \\d+ ms \\[request 9b2-7]");
	}

	@Test
	void aCallWithoutAResponseIsLoggedWithoutAStatus() {
		this.server.respond(StubResponse.dropped());
		assertThatGetIdentityFails();
		assertThat(lines()).singleElement().asString().matches("getIdentity UNAVAILABLE in \\d+ ms");
	}

	@ParameterizedTest
	@ValueSource(strings = { "canary-token", "canary-id", "a b", "<p>", "@x",
			"12345678901234567890123456789012345678901234567890123456789012345" })
	void aRequestIdThatMayBeSomethingElseIsNotLogged(String requestId) {
		this.server.respond(StubResponse.json("{\"id\":\"canary-id\"}").header("X-Request-Id", requestId));
		try (KratosAdmin admin = builder().bearerToken("canary-token").build()) {
			admin.identities().getIdentity("canary-id");
		}
		assertThat(lines()).singleElement().asString().matches("getIdentity SUCCESS 200 in \\d+ ms");
	}

	@Test
	void aLookupOfTheVersionIsNotACall() {
		this.server.version("v1.3.0");
		try (KratosAdmin admin = builder().build()) {
			assertThatExceptionOfType(KratosException.class)
				.isThrownBy(() -> admin.identities().getIdentityByExternalID("x"));
		}
		assertThat(lines()).singleElement().asString().matches("getIdentityByExternalID REFUSED in \\d+ ms");
	}

	@Test
	void anObservedCallIsLoggedInItsScope() {
		TestObservationRegistry registry = TestObservationRegistry.create();
		this.server.respond(StubResponse.json(IDENTITY));
		List<Observation> current = new ArrayList<>();
		AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {

			@Override
			protected void append(ILoggingEvent event) {
				current.add(registry.getCurrentObservation());
			}

		};
		appender.start();
		this.logger.addAppender(appender);
		try (KratosAdmin admin = builder().observationRegistry(registry).build()) {
			admin.identities().getIdentity("x");
		}
		this.logger.detachAppender(appender);
		assertThat(current).hasSize(1).doesNotContainNull();
		assertThat(registry).hasSingleObservationThat().hasLowCardinalityKeyValue("status", "200");
	}

	@Test
	void nothingIsLoggedAtLevelInfo() {
		this.logger.setLevel(Level.INFO);
		this.server.respond(StubResponse.json(IDENTITY));
		try (KratosAdmin admin = builder().build()) {
			admin.identities().getIdentity("x");
		}
		assertThat(lines()).isEmpty();
	}

	private void assertThatGetIdentityFails() {
		try (KratosAdmin admin = builder().build()) {
			assertThatExceptionOfType(KratosException.class).isThrownBy(() -> admin.identities().getIdentity("x"));
		}
	}

	private List<String> lines() {
		return this.log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
	}

	private KratosAdminBuilder builder() {
		return KratosAdmin.builder().baseUrl(this.server.url()).pathPrefix("");
	}

}
