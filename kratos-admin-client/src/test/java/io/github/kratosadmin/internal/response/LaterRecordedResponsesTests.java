package io.github.kratosadmin.internal.response;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.error.KratosBadRequestException;
import io.github.kratosadmin.error.KratosConflictException;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosFlowExpiredException;
import io.github.kratosadmin.error.KratosForbiddenException;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.error.KratosUnauthorizedException;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.IdentityState;
import io.github.kratosadmin.identity.UpdateIdentity;
import io.github.kratosadmin.internal.feign.IdentityOperations;
import io.github.kratosadmin.metadata.HealthStatus;
import io.github.kratosadmin.metadata.Readiness;
import io.github.kratosadmin.metadata.Version;
import io.github.kratosadmin.paging.Page;
import io.github.kratosadmin.recovery.CreateRecoveryLink;
import io.github.kratosadmin.recovery.RecoveryLink;
import io.github.kratosadmin.selfservice.SelfServiceError;
import io.github.kratosadmin.selfservice.SelfServiceFlow;
import io.github.kratosadmin.selfservice.UiNode;
import io.github.kratosadmin.selfservice.UiNodeAttributes;
import io.github.kratosadmin.selfservice.UiText;
import io.github.kratosadmin.testing.Recording;
import io.github.kratosadmin.testing.TestServer;
import io.github.kratosadmin.testing.TestServer.StubResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests the seventeen operations with every recorded response of Kratos 1.3.1, 26.2.0 and
 * the main branch. Redirects have their own tests: here only the final responses count.
 */
class LaterRecordedResponsesTests {

	private static final Set<String> OPERATIONS = Set.of("createIdentity", "createRecoveryLink", "deleteIdentity",
			"getIdentity", "getSchema", "getSelfServiceError", "getSelfServiceLoginFlow", "getSelfServiceRecoveryFlow",
			"getSelfServiceRegistrationFlow", "getSelfServiceSettingsFlow", "getSelfServiceVerificationFlow",
			"getVersion", "isAlive", "isReady", "listIdentities", "prometheus", "updateIdentity");

	@AutoClose
	private final TestServer server = new TestServer();

	@AutoClose
	private final KratosAdmin admin = KratosAdmin.builder().pathPrefix("").baseUrl(this.server.url()).build();

	private static final List<Recording> KRATOS_1_3 = recordings("v1.3.1");

	private static final List<Recording> KRATOS_26_2 = recordings("v26.2.0");

	private static final List<Recording> MAIN_BRANCH = recordings("next-2026-07-29");

	private static List<Recording> recordings(String version) {
		return Stream.of("admin", "public")
			.flatMap((server) -> Recording.of(version, server).stream())
			.filter((recording) -> OPERATIONS.contains(recording.operation()))
			.filter((recording) -> recording.status() / 100 != 3)
			.toList();
	}

	static Stream<Recording> recordings() {
		return Stream.of(KRATOS_1_3, KRATOS_26_2, MAIN_BRANCH).flatMap(List::stream);
	}

	static Stream<Recording> successes() {
		return recordings().filter((recording) -> recording.status() < 300);
	}

	static Stream<Recording> failures() {
		return recordings().filter((recording) -> recording.status() >= 400);
	}

	@Test
	void everyOperationOfEachVersionWasRecorded() {
		assertThat(KRATOS_1_3).extracting(Recording::operation).containsAll(OPERATIONS);
		assertThat(KRATOS_26_2).extracting(Recording::operation).containsAll(OPERATIONS);
		assertThat(KRATOS_1_3).hasSize(107);
		assertThat(KRATOS_26_2).hasSize(107);
		assertThat(MAIN_BRANCH).extracting(Recording::operation).containsAll(OPERATIONS);
		assertThat(MAIN_BRANCH).hasSize(149);
	}

	@ParameterizedTest
	@MethodSource("successes")
	void theRecordedSuccessIsRead(Recording recording) {
		// For a numbered page, the client requests the version.
		this.server.respond(recording.stubResponse(), StubResponse.json("{\"version\":\"v1.3.1\"}"));
		Object result = call(recording);
		JsonNode body = recording.body();
		if (result instanceof Identity identity) {
			check(identity, body);
		}
		else if (result instanceof Page<?> page) {
			checkPage(page, recording);
		}
		else if (result instanceof SelfServiceFlow flow) {
			check(flow, body);
		}
		else if (result instanceof SelfServiceError error) {
			assertThat(error.id()).isEqualTo(text(body, "id"));
			assertThat(error.errors()).singleElement()
				.satisfies((only) -> assertThat(only.reason()).isEqualTo(body.at("/error/reason").stringValue()));
			assertThat(error.createdAt()).isEqualTo(time(body, "created_at"));
		}
		else if (result instanceof RecoveryLink link) {
			assertThat(link.recoveryLink()).isEqualTo(text(body, "recovery_link"));
			assertThat(link.expiresAt()).isEqualTo(time(body, "expires_at"));
		}
		else {
			assertThat(result).isEqualTo(switch (recording.operation()) {
				case "deleteIdentity" -> "nothing";
				case "getSchema" -> body;
				case "getVersion" -> new Version(text(body, "version"), Map.of());
				case "isAlive" -> new HealthStatus("ok", Map.of());
				case "isReady" -> new Readiness(true, Map.of(), null);
				case "prometheus" -> body.stringValue();
				default -> throw new IllegalStateException("nothing is expected of " + recording);
			});
		}
	}

	@ParameterizedTest
	@MethodSource("failures")
	void theRecordedFailureIsThrown(Recording recording) {
		this.server.respond(recording.stubResponse());
		KratosException ex = catchThrowableOfType(KratosException.class, () -> call(recording));
		JsonNode error = recording.body().path("error");
		assertThat(ex).isExactlyInstanceOf(switch (recording.status()) {
			case 400 -> KratosBadRequestException.class;
			case 401 -> KratosUnauthorizedException.class;
			case 403 -> KratosForbiddenException.class;
			case 404 -> KratosNotFoundException.class;
			case 409 -> KratosConflictException.class;
			case 410 -> KratosFlowExpiredException.class;
			default -> throw new IllegalStateException(recording.status() + " was not recorded");
		});
		assertThat(ex.getOperation()).isEqualTo(recording.operation());
		assertThat(ex.getStatus()).isEqualTo(recording.status());
		assertThat(ex.getError().id()).isEqualTo(text(error, "id"));
		assertThat(ex.getError().reason()).isEqualTo(text(error, "reason"));
		assertThat(ex.getError().message()).isEqualTo(text(error, "message")).isNotNull();
		if (ex instanceof KratosFlowExpiredException expired) {
			assertThat(expired.getNewFlowUrl()).contains("/self-service/");
		}
	}

	private Object call(Recording recording) {
		// The results are compared with these.
		JsonNode sent = recording.requestBody().path("traits");
		Object traits = sent.isObject() ? sent : Map.of();
		CreateIdentity create = CreateIdentity.builder().traits(traits).build();
		UpdateIdentity update = UpdateIdentity.builder().traits(traits).build();
		CreateRecoveryLink link = CreateRecoveryLink.builder("x").expiresIn(Duration.ofHours(1)).build();
		String id = recording.body().path("id").asString("x");
		return switch (recording.operation()) {
			case "createIdentity" -> this.admin.identities().createIdentity(create);
			case "createRecoveryLink" -> this.admin.recovery().createRecoveryLink(link);
			case "deleteIdentity" -> {
				this.admin.identities().deleteIdentity("x");
				yield "nothing";
			}
			case "getIdentity" -> this.admin.identities().getIdentity(id);
			case "getSchema" -> this.admin.schemas().getSchema("x");
			case "getSelfServiceError" -> this.admin.selfService().getSelfServiceError(id);
			case "getSelfServiceLoginFlow" -> this.admin.selfService().getSelfServiceLoginFlow(id);
			case "getSelfServiceRecoveryFlow" -> this.admin.selfService().getSelfServiceRecoveryFlow(id);
			case "getSelfServiceRegistrationFlow" -> this.admin.selfService().getSelfServiceRegistrationFlow(id);
			case "getSelfServiceSettingsFlow" -> this.admin.selfService().getSelfServiceSettingsFlow(id, "s3cr3t");
			case "getSelfServiceVerificationFlow" -> this.admin.selfService().getSelfServiceVerificationFlow(id);
			case "getVersion" -> this.admin.metadata().getVersion();
			case "isAlive" -> this.admin.metadata().isAlive();
			case "isReady" -> this.admin.metadata().isReady();
			case "listIdentities" -> ((IdentityOperations) this.admin.identities()).listIdentities(1000, 1000, null,
					null, null, null, null, null, null, null);
			case "prometheus" -> this.admin.metadata().prometheus();
			case "updateIdentity" -> this.admin.identities().updateIdentity(id, update);
			default -> throw new IllegalStateException("no call for " + recording);
		};
	}

	private static void checkPage(Page<?> page, Recording recording) {
		assertThat(page.items()).hasSize(recording.body().size());
		for (int i = 0; i < page.items().size(); i++) {
			check((Identity) page.items().get(i), recording.body().get(i));
		}
		JsonNode headers = recording.response().path("headers");
		assertThat(page.totalItems())
			.isEqualTo(headers.has("X-Total-Count") ? Long.valueOf(headers.get("X-Total-Count").stringValue()) : null);
		String next = headers.get("Link")
			.stringValue()
			.replaceAll("^(?:.*,)?<[^>]*[?&]page_token=([^&>]*)[^>]*>; rel=\"next\".*$", "$1");
		assertThat(page.nextPageToken()).isEqualTo(next.startsWith("<") ? null : "page_token=" + next);
	}

	private static void check(Identity identity, JsonNode body) {
		assertThat(identity.id()).isEqualTo(text(body, "id")).isNotNull();
		assertThat(identity.schemaId()).isEqualTo(text(body, "schema_id")).isNotNull();
		assertThat(identity.schemaUrl()).isEqualTo(text(body, "schema_url")).isNotNull();
		assertThat(identity.state()).isEqualTo(new IdentityState(text(body, "state")));
		assertThat(identity.stateChangedAt()).isEqualTo(time(body, "state_changed_at"));
		assertThat(identity.traits()).isEqualTo(body.get("traits"));
		assertThat(identity.metadataPublic()).isEqualTo(tree(body, "metadata_public"));
		assertThat(identity.metadataAdmin()).isEqualTo(tree(body, "metadata_admin"));
		assertThat(identity.externalId()).isEqualTo(text(body, "external_id"));
		assertThat(identity.organizationId()).isEqualTo(text(body, "organization_id"));
		assertThat(identity.createdAt()).isEqualTo(time(body, "created_at")).isNotNull();
		assertThat(identity.updatedAt()).isEqualTo(time(body, "updated_at")).isNotNull();
		assertThat(identity.credentials().keySet())
			.containsExactlyInAnyOrderElementsOf(body.path("credentials").propertyNames());
		assertThat(identity.verifiableAddresses()).extracting("value")
			.isEqualTo(texts(body.path("verifiable_addresses"), "value"));
		assertThat(identity.recoveryAddresses()).extracting("value")
			.isEqualTo(texts(body.path("recovery_addresses"), "value"));
	}

	private static void check(SelfServiceFlow flow, JsonNode body) {
		assertThat(flow.id()).isEqualTo(text(body, "id")).isNotNull();
		assertThat(flow.type().value()).isEqualTo(text(body, "type"));
		assertThat(flow.expiresAt()).isEqualTo(time(body, "expires_at")).isNotNull();
		assertThat(flow.issuedAt()).isEqualTo(time(body, "issued_at")).isNotNull();
		assertThat(flow.requestUrl()).isEqualTo(text(body, "request_url")).isNotNull();
		assertThat(flow.active()).isEqualTo(text(body, "active"));
		assertThat(flow.state()).isEqualTo(text(body, "state")).isNotNull();
		assertThat(flow.ui().action()).isEqualTo(text(body.get("ui"), "action")).isNotNull();
		assertThat(flow.ui().method()).isEqualTo("POST");
		JsonNode nodes = body.at("/ui/nodes");
		assertThat(flow.ui().nodes()).extracting(UiNode::type).isEqualTo(texts(nodes, "type")).isNotEmpty();
		assertThat(flow.ui().nodes()).extracting(UiNode::group).isEqualTo(texts(nodes, "group"));
		assertThat(flow.ui().nodes()).extracting(UiNode::attributes)
			.noneMatch((attributes) -> attributes instanceof UiNodeAttributes.Unknown);
		assertThat(flow.ui().messages()).extracting(UiText::text).isEqualTo(texts(body.at("/ui/messages"), "text"));
	}

	private static List<String> texts(JsonNode list, String name) {
		return list.valueStream().map((item) -> text(item, name)).toList();
	}

	private static String text(JsonNode body, String name) {
		return body.path(name).asString(null);
	}

	private static JsonNode tree(JsonNode body, String name) {
		return body.path(name).isMissingNode() || body.path(name).isNull() ? null : body.get(name);
	}

	private static Instant time(JsonNode body, String name) {
		String text = text(body, name);
		return (text != null && !text.startsWith("0001-01-01")) ? Instant.parse(text) : null;
	}

}
