package io.github.kratosadmin.samples.docs;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.kratosadmin.error.KratosServerException;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.IdentityApi;
import io.github.kratosadmin.identity.ImportCredentials;
import io.github.kratosadmin.test.autoconfigure.AutoConfigureEmbeddedKratos;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the example in docs/observability.md.
 */
@SpringBootTest(classes = DocsApplication.class)
@AutoConfigureEmbeddedKratos
class AuditLogTests {

	@Autowired
	private IdentityApi identities;

	@Autowired
	private EmbeddedKratos kratos;

	private final Logger logger = (Logger) LoggerFactory.getLogger(AuditLog.class);

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	@BeforeEach
	void listen() {
		this.log.start();
		this.logger.addAppender(this.log);
	}

	@AfterEach
	void stopListening() {
		this.logger.detachAppender(this.log);
	}

	@Test
	void logsEachChangeWithoutPersonalValues() {
		String id = this.identities
			.createIdentity(CreateIdentity.builder()
				.traits(Map.of("email", "canary@example.test"))
				.credentials(ImportCredentials.builder().password("canary horse battery staple").build())
				.build())
			.id();
		this.identities.getIdentity(id);
		this.identities.deleteIdentity(id);
		assertThat(lines()).hasSize(2);
		assertThat(lines().get(0)).contains("operation=createIdentity", "id=null", "outcome=SUCCESS");
		assertThat(lines().get(1)).contains("operation=deleteIdentity", "id=" + id, "outcome=SUCCESS");
		assertThat(lines().toString()).doesNotContain("canary");
	}

	@Test
	void logsAFailedChange() {
		this.kratos.failNext(1, 503);
		assertThatExceptionOfType(KratosServerException.class).isThrownBy(() -> this.identities.deleteIdentity("x"));
		assertThat(lines()).singleElement()
			.satisfies((line) -> assertThat(line).contains("operation=deleteIdentity", "id=x", "outcome=SERVER_ERROR"));
	}

	private List<String> lines() {
		return this.log.list.stream()
			.map((event) -> event.getKeyValuePairs().stream().map(AuditLogTests::text).collect(Collectors.joining(" ")))
			.toList();
	}

	private static String text(KeyValuePair pair) {
		return pair.key + "=" + pair.value;
	}

}
