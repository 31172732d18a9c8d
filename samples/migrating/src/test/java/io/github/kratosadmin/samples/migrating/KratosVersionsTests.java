package io.github.kratosadmin.samples.migrating;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.courier.CourierMessage;
import io.github.kratosadmin.courier.ListCourierMessages;
import io.github.kratosadmin.error.KratosBadRequestException;
import io.github.kratosadmin.error.KratosForbiddenException;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.error.KratosUnauthorizedException;
import io.github.kratosadmin.error.KratosUnreadableResponseException;
import io.github.kratosadmin.identity.BatchPatchIdentities;
import io.github.kratosadmin.identity.BatchPatchIdentities.IdentityPatch;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.ImportCredentials;
import io.github.kratosadmin.identity.ListIdentities;
import io.github.kratosadmin.metadata.Readiness;
import io.github.kratosadmin.paging.Page;
import io.github.kratosadmin.recovery.CreateRecoveryLink;
import io.github.kratosadmin.session.Session;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import io.github.kratosadmin.test.embedded.FlowClient;
import io.github.kratosadmin.test.embedded.FlowKind;
import io.github.kratosadmin.test.embedded.KratosEra;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests what changes for an application from one version of Kratos to the next.
 */
class KratosVersionsTests {

	private static final String ID = "12345678-9abc-4def-8123-456789abcdef";

	@Test
	void theFlowOfABrowserNeedsItsCookieSince07() {
		assertThat(on(KratosEra.V0_6, KratosVersionsTests::readFlowOfABrowser)).isNotNull();
		assertThatExceptionOfType(KratosForbiddenException.class)
			.isThrownBy(() -> on(KratosEra.V0_7, KratosVersionsTests::readFlowOfABrowser));
	}

	private static Object readFlowOfABrowser(EmbeddedKratos server, KratosAdmin kratos) {
		return kratos.selfService().getSelfServiceLoginFlow(server.createFlow(FlowKind.LOGIN, FlowClient.BROWSER));
	}

	@Test
	void aSettingsFlowNeedsItsSessionSince07() {
		assertThat(on(KratosEra.V0_6, KratosVersionsTests::readSettingsFlow)).isNotNull();
		assertThatExceptionOfType(KratosUnauthorizedException.class)
			.isThrownBy(() -> on(KratosEra.V0_7, KratosVersionsTests::readSettingsFlow));
	}

	private static Object readSettingsFlow(EmbeddedKratos server, KratosAdmin kratos) {
		String flow = server.createSettingsFlow(FlowClient.API, create(kratos, 1).get(0));
		return kratos.selfService().getSelfServiceSettingsFlow(flow, null);
	}

	@Test
	void aRecoveryLinkForAnUnknownIdentityIsABadRequestSince09() {
		assertThatExceptionOfType(KratosNotFoundException.class)
			.isThrownBy(() -> on(KratosEra.V0_7, KratosVersionsTests::createRecoveryLink));
		assertThatExceptionOfType(KratosBadRequestException.class)
			.isThrownBy(() -> on(KratosEra.V0_10, KratosVersionsTests::createRecoveryLink));
	}

	private static Object createRecoveryLink(EmbeddedKratos server, KratosAdmin kratos) {
		return kratos.recovery().createRecoveryLink(new CreateRecoveryLink(ID));
	}

	@Test
	void readinessHasOneTextSince011() {
		Readiness before = on(KratosEra.V0_10, KratosVersionsTests::readiness);
		assertThat(before.errors()).containsOnlyKeys("database");
		assertThat(before.message()).isNull();
		Readiness after = on(KratosEra.V1_0, KratosVersionsTests::readiness);
		assertThat(after.errors()).isEmpty();
		assertThat(after.message()).isNotBlank();
	}

	private static Readiness readiness(EmbeddedKratos server, KratosAdmin kratos) {
		server.notReady("database", "connection refused");
		return kratos.metadata().isReady();
	}

	@Test
	void aListCannotBeContinuedOn10Or11() {
		String numberedFrom1 = on(KratosEra.V0_10, KratosVersionsTests::secondPage);
		String numberedFrom0 = on(KratosEra.V1_0, KratosVersionsTests::secondPage);
		assertThatExceptionOfType(KratosUnreadableResponseException.class)
			.isThrownBy(() -> on(KratosEra.V1_0, (server, kratos) -> continueList(kratos, numberedFrom1)))
			.withMessageContaining("start it again");
		assertThatExceptionOfType(KratosUnreadableResponseException.class)
			.isThrownBy(() -> on(KratosEra.V1_3, (server, kratos) -> continueList(kratos, numberedFrom0)))
			.withMessageContaining("start the list again");
	}

	private static String secondPage(EmbeddedKratos server, KratosAdmin kratos) {
		create(kratos, 5);
		return kratos.identities().listIdentities(ListIdentities.builder().pageSize(2).build()).nextPageToken();
	}

	private static Page<Identity> continueList(KratosAdmin kratos, String token) {
		create(kratos, 5);
		ListIdentities query = ListIdentities.builder().pageSize(2).pageToken(token).build();
		return kratos.identities().listIdentities(query);
	}

	@Test
	void identitiesAreInAscendingOrderSince11() {
		assertThat(on(KratosEra.V1_0, KratosVersionsTests::listIds)).isSortedAccordingTo(Comparator.reverseOrder());
		assertThat(on(KratosEra.V1_3, KratosVersionsTests::listIds)).isSortedAccordingTo(Comparator.naturalOrder());
	}

	private static List<String> listIds(EmbeddedKratos server, KratosAdmin kratos) {
		create(kratos, 3);
		return kratos.identities().listIdentities().items().stream().map(Identity::id).toList();
	}

	@Test
	void aPageOfIdentitiesHasAtMost500Since11() {
		assertThat(on(KratosEra.V1_0, KratosVersionsTests::listManyIdentities)).hasSize(501);
		assertThat(on(KratosEra.V26, KratosVersionsTests::listManyIdentities)).hasSize(500);
	}

	private static List<Identity> listManyIdentities(EmbeddedKratos server, KratosAdmin kratos) {
		kratos.importIdentities(identities(501).map(CreateIdentity.Builder::build), (result) -> {
		});
		return kratos.identities().listIdentities(ListIdentities.builder().pageSize(1000).build()).items();
	}

	@Test
	void pagesHaveNoTotalSince11Or254() {
		assertThat(on(KratosEra.V1_0, KratosVersionsTests::identities).totalItems()).isZero();
		assertThat(on(KratosEra.V1_3, KratosVersionsTests::identities).totalItems()).isNull();
		assertThat(on(KratosEra.V1_3, KratosVersionsTests::sessions).totalItems()).isZero();
		assertThat(on(KratosEra.V26, KratosVersionsTests::sessions).totalItems()).isNull();
	}

	private static Page<Identity> identities(EmbeddedKratos server, KratosAdmin kratos) {
		return kratos.identities().listIdentities();
	}

	private static Page<Session> sessions(EmbeddedKratos server, KratosAdmin kratos) {
		return kratos.sessions().listSessions();
	}

	@Test
	void aListHasOneFilterSince254() {
		ListIdentities query = ListIdentities.builder()
			.ids(List.of(ID))
			.credentialsIdentifier("alice@example.test")
			.build();
		assertThat(on(KratosEra.V1_3, (server, kratos) -> kratos.identities().listIdentities(query)).items()).isEmpty();
		assertThatExceptionOfType(KratosBadRequestException.class)
			.isThrownBy(() -> on(KratosEra.V26, (server, kratos) -> kratos.identities().listIdentities(query)));
	}

	@Test
	void aBatchIsSmallerSince254() {
		BatchPatchIdentities batch = batch(1001, null);
		assertThat(on(KratosEra.V1_3, (server, kratos) -> kratos.identities().batchPatchIdentities(batch)).identities())
			.hasSize(1001);
		assertThatExceptionOfType(KratosBadRequestException.class)
			.isThrownBy(() -> on(KratosEra.V26, (server, kratos) -> kratos.identities().batchPatchIdentities(batch)));
		BatchPatchIdentities passwords = batch(201, "correct horse battery staple");
		assertThat(on(KratosEra.V1_3, (server, kratos) -> kratos.identities().batchPatchIdentities(passwords))
			.identities()).hasSize(201);
		assertThatExceptionOfType(KratosBadRequestException.class).isThrownBy(
				() -> on(KratosEra.V26, (server, kratos) -> kratos.identities().batchPatchIdentities(passwords)));
	}

	private static BatchPatchIdentities batch(int size, String password) {
		ImportCredentials credentials = (password != null) ? ImportCredentials.builder().password(password).build()
				: null;
		return new BatchPatchIdentities(
				identities(size).map((identity) -> new IdentityPatch(identity.credentials(credentials).build(), null))
					.toList());
	}

	@Test
	void aPageOfMessagesHasAtMost500Since262() {
		assertThat(on(KratosEra.V1_3, KratosVersionsTests::listMessages)).hasSize(501);
		assertThat(on(KratosEra.V26, KratosVersionsTests::listMessages)).hasSize(500);
	}

	private static List<CourierMessage> listMessages(EmbeddedKratos server, KratosAdmin kratos) {
		IntStream.range(0, 501).forEach((number) -> server.addCourierMessage("alice@example.test", "Hello", "Welcome"));
		return kratos.courier().listCourierMessages(ListCourierMessages.builder().pageSize(1000).build()).items();
	}

	private static List<String> create(KratosAdmin kratos, int size) {
		return identities(size).map((identity) -> kratos.identities().createIdentity(identity.build()).id()).toList();
	}

	private static Stream<CreateIdentity.Builder> identities(int size) {
		return IntStream.range(0, size)
			.mapToObj((number) -> CreateIdentity.builder().traits(Map.of("email", "user" + number + "@example.test")));
	}

	/** Runs a call on a server of its own, with the same ids each time. */
	private static <T> T on(KratosEra era, BiFunction<EmbeddedKratos, KratosAdmin, T> call) {
		AtomicInteger id = new AtomicInteger();
		try (EmbeddedKratos server = EmbeddedKratos.builder()
			.era(era)
			.idSource(() -> new UUID(0x4000L, id.incrementAndGet()))
			.start(); KratosAdmin kratos = KratosAdmin.builder().baseUrl(server.adminUrl().toString()).build()) {
			return call.apply(server, kratos);
		}
	}

}
