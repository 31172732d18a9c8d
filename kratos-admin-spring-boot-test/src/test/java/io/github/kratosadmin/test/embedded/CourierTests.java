package io.github.kratosadmin.test.embedded;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the messages of an {@link EmbeddedKratos}. Responses are compared with
 * recorded ones by {@link RecordedExchangesTests}. Other expectations were measured on
 * real servers.
 */
class CourierTests {

	private static final String MESSAGES = "/admin/courier/messages";

	private final MutableClock clock = new MutableClock();

	private EmbeddedKratos kratos;

	private AdminClient client;

	private void start(KratosEra era) {
		this.kratos = EmbeddedKratos.builder()
			.era(era)
			.clock(this.clock)
			.publicUrl(URI.create("https://login.example.test/"))
			.start();
		this.client = new AdminClient(this.kratos.adminUrl());
	}

	@AfterEach
	void close() {
		if (this.kratos != null) {
			this.kratos.close();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "V0_6", "V0_7", "V0_10" })
	void cannotReadMessagesBeforeV1_0(KratosEra era) {
		start(era);
		String id = this.kratos.addCourierMessage("a@example.test", "Hello", "World");
		String prefix = (era == KratosEra.V0_10) ? "/admin" : "";
		for (String path : List.of("/courier/messages", "/courier/messages/" + id)) {
			assertThat(this.client.get(prefix + path).body()).isEqualTo("404 page not found\n");
		}
	}

	@ParameterizedTest
	@CsvSource({ "V1_0, false", "V1_3, true", "V26, true" })
	void returnsAddedMessage(KratosEra era, boolean channels) {
		start(era);
		String id = this.kratos.addCourierMessage("a@example.test", "Hello", "World");
		AdminClient.Response response = this.client.get(MESSAGES + "/" + id);
		assertThat(response.at("/recipient").asString()).isEqualTo("a@example.test");
		assertThat(response.at("/subject").asString()).isEqualTo("Hello");
		assertThat(response.at("/body").asString()).isEqualTo("World");
		assertThat(response.at("/status").asString()).isEqualTo("queued");
		assertThat(response.at("/template_type").asString()).isEqualTo("stub");
		assertThat(response.at("/created_at").asString()).isEqualTo("2026-11-23T14:21:54.123456Z");
		assertThat(response.json().has("channel")).isEqualTo(channels);
		assertThat(this.client.get(MESSAGES).at("/0")).isEqualTo(response.json());
	}

	@ParameterizedTest
	@CsvSource({ "V1_0, Please verify your email address", "V1_3, Please verify your email address",
			"V26, Use code [0-9]{6} to verify your account" })
	void registrationAddsVerificationMessage(KratosEra era, String subject) {
		start(era);
		this.kratos.register("{\"email\":\"a@example.test\"}");
		AdminClient.Response response = this.client.get(MESSAGES);
		assertThat(response.json()).hasSize(1);
		assertThat(response.at("/0/template_type").asString()).isEqualTo("verification_code_valid");
		assertThat(response.at("/0/subject").asString()).matches(subject);
		assertThat(response.at("/0/body").asString()).containsPattern(
				"\n([0-9]{6})\n[^0-9]+https://login\\.example\\.test/self-service/verification\\?code=\\1&flow=");
	}

	@ParameterizedTest
	@CsvSource({ "V1_0, Recover access to your account", "V1_3, Recover access to your account",
			"V26, Use code [0-9]{6} to recover access to your account" })
	void recoveryAddsMessageForKnownAddressOnly(KratosEra era, String subject) {
		start(era);
		this.client.send("POST", "/admin/identities",
				"{\"schema_id\":\"default\",\"traits\":{\"email\":\"a@example.test\"}}");
		String flowId = this.kratos.createFlow(FlowKind.RECOVERY, FlowClient.API);
		this.kratos.submitRecovery(flowId, "nobody@example.test");
		assertThat(this.client.get(MESSAGES).json()).isEmpty();
		this.kratos.submitRecovery(flowId, "a@example.test");
		AdminClient.Response response = this.client.get(MESSAGES);
		assertThat(response.json()).hasSize(1);
		assertThat(response.at("/0/template_type").asString()).isEqualTo("recovery_code_valid");
		assertThat(response.at("/0/subject").asString()).matches(subject);
		assertThat(response.at("/0/body").asString()).containsPattern("\n[0-9]{6}\n");
	}

	@ParameterizedTest
	@CsvSource({ "V1_0, 3, false", "V1_3, 3, true", "V26,, true" })
	void listsNewestFirstPageByPage(KratosEra era, String total, boolean linksFirst) {
		start(era);
		List<String> ids = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			this.clock.advance(Duration.ofMillis(1));
			ids.add(0, this.kratos.addCourierMessage("a@example.test", "Hello", "World"));
		}
		AdminClient.Response first = this.client.get(MESSAGES + "?page_size=2&status=queued");
		assertThat(ids(first)).isEqualTo(ids.subList(0, 2));
		assertThat(first.header("X-Total-Count").orElse(null)).isEqualTo(total);
		String link = first.header("Link").orElseThrow();
		assertThat(link.contains("rel=\"first\"")).isEqualTo(linksFirst);
		AdminClient.Response second = this.client.get(link.replaceAll(".*<([^>]+)>; rel=\"next\".*", "$1"));
		assertThat(ids(second)).isEqualTo(ids.subList(2, 3));
		assertThat(second.header("Link").orElseThrow()).contains("&status=queued>; rel=\"first\"")
			.doesNotContain("rel=\"next\"");
	}

	@ParameterizedTest
	@CsvSource({ "V26, '', 10", "V26, page_size=0, 10", "V26, page_size=501, 500", "V1_3, page_size=501, 501",
			"V26, per_page=2, 10" })
	void pageHasTenMessagesByDefault(KratosEra era, String query, String size) {
		start(era);
		assertThat(this.client.get(MESSAGES + "?" + query).header("Link").orElseThrow())
			.contains("page_size=" + size + "&");
	}

	@ParameterizedTest
	@CsvSource({ "status=queued, 2", "status=sent, 0", "status=processing, 0", "status=abandoned, 0",
			"recipient=a@example.test, 1", "recipient=A@example.test, 0", "recipient=a, 0", "recipient=, 2" })
	void filtersByStatusAndRecipient(String query, int listed) {
		start(KratosEra.V1_3);
		this.kratos.addCourierMessage("a@example.test", "Hello", "World");
		this.kratos.addCourierMessage("b@example.test", "Hello", "World");
		AdminClient.Response response = this.client.get(MESSAGES + "?" + query);
		assertThat(response.json()).hasSize(listed);
		assertThat(response.header("X-Total-Count")).hasValue(String.valueOf(listed));
	}

	@ParameterizedTest
	@ValueSource(strings = { "status=", "status=cancelled", "status=QUEUED", "status=nope&page_size=abc" })
	void refusesUnknownStatus(String query) {
		start(KratosEra.V26);
		AdminClient.Response response = this.client.get(MESSAGES + "?" + query);
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.at("/error/code").asInt()).isEqualTo(400);
		assertThat(response.at("/error/reason").asString()).isEqualTo("Message status is not valid");
	}

	@ParameterizedTest
	@CsvSource({ "V26, page_size=abc, 'strconv.Atoi: parsing \"abc\": invalid syntax'",
			"V1_0, page_token=12345678-9abc, illegal base64 data at input byte 8",
			"V1_3, page_token=12345678-9abc, illegal base64 data at input byte 8",
			"V26, page_token=12345678-9abc, decrypt token: %!w(<nil>)",
			"V26, page_token=nonsense, decrypt token: %!w(<nil>)" })
	void malformedParameterHasStatus400AndCode500(KratosEra era, String query, String message) {
		start(era);
		AdminClient.Response response = this.client.get(MESSAGES + "?" + query);
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.at("/error/code").asInt()).isEqualTo(500);
		assertThat(response.at("/error/message").asString()).isEqualTo(message);
	}

	@Test
	void refusesMalformedTokenSinceV1_3() {
		start(KratosEra.V1_3);
		assertThat(this.client.get(MESSAGES + "?page_token=nonsense").at("/error/reason").asString())
			.isEqualTo("The page token is invalid, do not craft your own page tokens");
		close();
		start(KratosEra.V1_0);
		this.kratos.addCourierMessage("a@example.test", "Hello", "World");
		assertThat(this.client.get(MESSAGES + "?page_token=nonsense").json()).hasSize(1);
	}

	@Test
	void resetForgetsMessages() {
		start(KratosEra.V26);
		this.kratos.addCourierMessage("a@example.test", "Hello", "World");
		this.kratos.reset();
		assertThat(this.client.get(MESSAGES).json()).isEmpty();
	}

	private static List<String> ids(AdminClient.Response response) {
		return response.json().valueStream().map((message) -> message.path("id").asString()).toList();
	}

}
