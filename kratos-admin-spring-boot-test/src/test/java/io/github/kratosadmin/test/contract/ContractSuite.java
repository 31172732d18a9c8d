package io.github.kratosadmin.test.contract;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.KratosAdminBuilder;
import io.github.kratosadmin.error.KratosBadRequestException;
import io.github.kratosadmin.error.KratosConflictException;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosFlowExpiredException;
import io.github.kratosadmin.error.KratosForbiddenException;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.error.KratosRedirectException;
import io.github.kratosadmin.error.KratosUnauthorizedException;
import io.github.kratosadmin.error.KratosUnreadableResponseException;
import io.github.kratosadmin.error.KratosUnsupportedException;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.IdentityState;
import io.github.kratosadmin.identity.ListIdentities;
import io.github.kratosadmin.identity.UpdateIdentity;
import io.github.kratosadmin.paging.Page;
import io.github.kratosadmin.recovery.CreateRecoveryLink;
import io.github.kratosadmin.recovery.RecoveryLink;
import io.github.kratosadmin.selfservice.FlowType;
import io.github.kratosadmin.selfservice.LoginFlow;
import io.github.kratosadmin.selfservice.RecoveryFlow;
import io.github.kratosadmin.selfservice.SelfServiceApi;
import io.github.kratosadmin.selfservice.SelfServiceError;
import io.github.kratosadmin.selfservice.SelfServiceFlow;
import io.github.kratosadmin.selfservice.SettingsFlow;
import io.github.kratosadmin.selfservice.UiNodeAttributes;
import io.github.kratosadmin.test.embedded.FlowKind;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests the operations of Kratos 0.6 on any Kratos. It uses only {@link KratosAdmin} and
 * {@link ContractTarget}, and expects the configuration of the recorded servers: the
 * schemas {@code default} and {@code customer}, and flows that expire after 12 seconds.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ContractSuite {

	static final String DOMAIN = "@contract.example.test";

	static final String UNKNOWN_ID = "12345678-9abc-4def-8123-456789abcdef";

	private static final Duration FLOW_LIFESPAN = Duration.ofSeconds(12);

	ContractTarget target;

	KratosAdmin kratos;

	private KratosAdmin withPublicUrl;

	private String version;

	/**
	 * Connects to the Kratos that the suite runs on.
	 */
	abstract ContractTarget connect() throws Exception;

	@BeforeAll
	void start() throws Exception {
		this.target = connect();
		this.kratos = builder().build();
		this.withPublicUrl = builder().publicUrl(this.target.publicUrl()).build();
		this.version = this.kratos.metadata().getVersion().version();
	}

	private KratosAdminBuilder builder() {
		return KratosAdmin.builder().baseUrl(this.target.adminUrl()).readTimeout(Duration.ofSeconds(30));
	}

	/**
	 * Whether the server has a version or a later one. A server that is not a release
	 * counts as the newest.
	 */
	final boolean isFrom(int major, int minor) {
		Matcher matcher = Pattern.compile("v?(\\d+)\\.(\\d+)\\..*").matcher(this.version);
		if (!matcher.matches()) {
			return true;
		}
		int serverMajor = Integer.parseInt(matcher.group(1));
		return serverMajor > major || (serverMajor == major && Integer.parseInt(matcher.group(2)) >= minor);
	}

	/**
	 * Whether the server is newer than the newest release, or of an unknown version.
	 */
	final boolean isAfterNewestRelease() {
		return isFrom(26, 2) && !this.version.startsWith("v26.2.0");
	}

	/**
	 * Asserts that the client declares all properties of results. A server that is not a
	 * release may have more.
	 */
	final void assertNoUnknownProperties(Object... results) {
		if (this.version.matches("v\\d.*")) {
			assertThat(UnknownProperties.of(List.of(results))).isEmpty();
		}
	}

	@AfterAll
	void stop() {
		if (this.kratos != null) {
			if (this.version != null) {
				deleteIdentities();
			}
			this.kratos.close();
		}
		if (this.withPublicUrl != null) {
			this.withPublicUrl.close();
		}
		if (this.target != null) {
			this.target.close();
		}
	}

	@BeforeEach
	void deleteIdentities() {
		List<Identity> identities = all(250);
		assertThat(identities).as("all identities belong to the suite, which must not delete others")
			.allMatch((identity) -> identity.traits().path("email").asString().endsWith(DOMAIN));
		identities.forEach((identity) -> this.kratos.identities().deleteIdentity(identity.id()));
	}

	final List<Identity> all(int pageSize) {
		try (Stream<Identity> identities = this.kratos.identities()
			.streamIdentities(ListIdentities.builder().pageSize(pageSize).build())) {
			return identities.toList();
		}
	}

	final Identity create(String name) {
		return this.kratos.identities()
			.createIdentity(CreateIdentity.builder()
				.schemaId("default")
				.traits(Map.of("email", name + DOMAIN, "name", Map.of("first", "Å " + name)))
				.build());
	}

	final List<String> create(int number) {
		return IntStream.range(0, number).mapToObj((i) -> create("person" + i).id()).sorted().toList();
	}

	@Test
	void createsAndReadsAnIdentity() {
		Identity created = create("alice");
		assertThat(created.schemaId()).isEqualTo("default");
		assertThat(created.traits().at("/name/first").stringValue()).isEqualTo("Å alice");
		assertThat(created.verifiableAddresses()).singleElement()
			.satisfies((address) -> assertThat(address.value()).isEqualTo("alice" + DOMAIN))
			.satisfies((address) -> assertThat(address.verified()).isFalse())
			.satisfies((address) -> assertThat(address.verifiedAt()).isNull());
		assertThat(created.recoveryAddresses()).extracting("value").containsExactly("alice" + DOMAIN);
		assertThat(created.createdAt()).isBetween(Instant.now().minusSeconds(300), Instant.now().plusSeconds(300));
		Identity read = this.kratos.identities().getIdentity(created.id());
		assertThat(read.id()).isEqualTo(created.id());
		assertThat(read.traits()).isEqualTo(created.traits());
		assertThat(read.verifiableAddresses()).extracting("id")
			.isEqualTo(created.verifiableAddresses().stream().map((address) -> address.id()).toList());
	}

	@Test
	void createsAnIdentityOfTheDefaultSchema() {
		Identity created = this.kratos.identities()
			.createIdentity(CreateIdentity.builder().traits(Map.of("email", "bob" + DOMAIN)).build());
		assertThat(created.schemaId()).isEqualTo("default");
	}

	@Test
	void createsAnIdentityOfAnotherSchema() {
		Identity created = this.kratos.identities()
			.createIdentity(CreateIdentity.builder()
				.schemaId("customer")
				.traits(Map.of("email", "bob" + DOMAIN, "company", "Acme", "age", 41))
				.build());
		assertThat(created.schemaId()).isEqualTo("customer");
		assertThat(created.traits().path("age").intValue()).isEqualTo(41);
	}

	@Test
	void leavesOutMissingValuesOfTypedTraits() {
		Traits bob = new Traits("bob" + DOMAIN, null, new Name(null, Optional.empty()));
		Identity created = this.kratos.identities().createIdentity(CreateIdentity.builder().traits(bob).build());
		assertThat(created.traits()).hasToString("{\"email\":\"bob" + DOMAIN + "\",\"name\":{}}");
	}

	@Test
	void acceptsAnUpdateWithUnchangedTypedTraits() {
		Identity alice = create("alice");
		Traits traits = alice.traitsAs(Traits.class);
		assertThat(traits.name().last()).isEmpty();
		Identity updated = this.kratos.identities()
			.updateIdentity(alice.id(), UpdateIdentity.from(alice).traits(traits).build());
		assertThat(updated.traits()).isEqualTo(alice.traits());
	}

	@Test
	void readsAllFieldsOfAnIdentity() {
		Identity alice = create("alice");
		assertNoUnknownProperties(alice, this.kratos.identities().getIdentity(alice.id()), all(250));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"email\":\"no address\"}", "{\"name\":{}}",
			"{\"email\":\"x@example.test\",\"shoe\":44}", "{\"email\":7}" })
	void refusesInvalidTraits(String traits) {
		CreateIdentity identity = CreateIdentity.builder().traits(JsonMapper.shared().readTree(traits)).build();
		assertThatExceptionOfType(KratosBadRequestException.class)
			.isThrownBy(() -> this.kratos.identities().createIdentity(identity))
			.satisfies((ex) -> assertThat(ex.getError().reason()).isNotBlank());
		assertThat(all(250)).isEmpty();
	}

	@Test
	void refusesAnUnknownSchema() {
		CreateIdentity identity = CreateIdentity.builder()
			.schemaId("nope")
			.traits(Map.of("email", "bob" + DOMAIN))
			.build();
		assertThatExceptionOfType(KratosBadRequestException.class)
			.isThrownBy(() -> this.kratos.identities().createIdentity(identity));
	}

	@Test
	void refusesASecondIdentityWithTheSameAddress() {
		create("alice");
		assertThatExceptionOfType(KratosConflictException.class).isThrownBy(() -> create("alice"));
		assertThat(all(250)).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { UNKNOWN_ID, "not-a-uuid", "%2e%2e", "ü", "a b" })
	void doesNotFindAnUnknownIdentity(String id) {
		Identity alice = create("alice");
		assertThatExceptionOfType(KratosNotFoundException.class)
			.isThrownBy(() -> this.kratos.identities().getIdentity(id));
		assertThatExceptionOfType(KratosNotFoundException.class)
			.isThrownBy(() -> this.kratos.identities().deleteIdentity(id));
		assertThat(all(250)).extracting(Identity::id).containsExactly(alice.id());
	}

	@ParameterizedTest
	@ValueSource(strings = { "../identities", "a/b", "x?y", "x#y" })
	void anIdNeverBecomesAnotherPath(String id) {
		Identity alice = create("alice");
		// Some versions return 404, others redirect to another path.
		assertThatExceptionOfType(KratosException.class).isThrownBy(() -> this.kratos.identities().getIdentity(id))
			.satisfies((ex) -> assertThat(ex.getStatus()).isBetween(300, 499));
		assertThatExceptionOfType(KratosException.class).isThrownBy(() -> this.kratos.identities().deleteIdentity(id))
			.satisfies((ex) -> assertThat(ex.getStatus()).isBetween(300, 499));
		assertThat(all(250)).extracting(Identity::id).containsExactly(alice.id());
	}

	@Test
	void updatesAnIdentity() {
		Identity alice = create("alice");
		Identity updated = this.kratos.identities()
			.updateIdentity(alice.id(),
					UpdateIdentity.from(alice)
						.traits(Map.of("email", "alice" + DOMAIN, "name", Map.of("first", "Alicia")))
						.build());
		assertThat(updated.id()).isEqualTo(alice.id());
		assertThat(this.kratos.identities().getIdentity(alice.id()).traits().at("/name/first").stringValue())
			.isEqualTo("Alicia");
		assertThat(updated.verifiableAddresses()).extracting("id")
			.isEqualTo(alice.verifiableAddresses().stream().map((address) -> address.id()).toList());
	}

	@Test
	void refusesAnUpdateWithInvalidTraits() {
		Identity alice = create("alice");
		UpdateIdentity update = UpdateIdentity.from(alice).traits(Map.of("email", 7)).build();
		assertThatExceptionOfType(KratosBadRequestException.class)
			.isThrownBy(() -> this.kratos.identities().updateIdentity(alice.id(), update));
		assertThat(this.kratos.identities().getIdentity(alice.id()).traits()).isEqualTo(alice.traits());
	}

	@Test
	void refusesAnUpdateToAnAddressOfAnotherIdentity() {
		create("alice");
		Identity bob = create("bob");
		UpdateIdentity update = UpdateIdentity.from(bob).traits(Map.of("email", "alice" + DOMAIN)).build();
		assertThatExceptionOfType(KratosConflictException.class)
			.isThrownBy(() -> this.kratos.identities().updateIdentity(bob.id(), update));
	}

	@Test
	void doesNotUpdateAnUnknownIdentity() {
		UpdateIdentity update = UpdateIdentity.from(create("alice")).build();
		assertThatExceptionOfType(KratosNotFoundException.class)
			.isThrownBy(() -> this.kratos.identities().updateIdentity(UNKNOWN_ID, update));
	}

	@Test
	void refusesAnUpdateToAnUnknownSchema() {
		Identity alice = create("alice");
		UpdateIdentity update = UpdateIdentity.from(alice).schemaId("nope").build();
		assertThatExceptionOfType(KratosBadRequestException.class)
			.isThrownBy(() -> this.kratos.identities().updateIdentity(alice.id(), update));
	}

	@Test
	void updatesTheSchemaOfAnIdentity() {
		Identity alice = create("alice");
		this.kratos.identities()
			.updateIdentity(alice.id(),
					UpdateIdentity.from(alice)
						.schemaId("customer")
						.traits(Map.of("email", "alice" + DOMAIN, "company", "Acme"))
						.build());
		Identity updated = this.kratos.identities().getIdentity(alice.id());
		assertThat(updated.schemaId()).isEqualTo("customer");
		assertThat(updated.traits().path("company").asString()).isEqualTo("Acme");
	}

	@Test
	void deactivatesAnIdentitySinceV0_7() {
		Identity alice = create("alice");
		update(alice, isFrom(0, 7), "0.7", UpdateIdentity.from(alice).state(IdentityState.INACTIVE))
			.ifPresent((updated) -> assertThat(updated.state()).isEqualTo(IdentityState.INACTIVE));
	}

	@Test
	void storesMetadataSinceV0_10() {
		Identity alice = create("alice");
		update(alice, isFrom(0, 10), "0.10", UpdateIdentity.from(alice).metadataPublic(Map.of("plan", "gold")))
			.ifPresent((updated) -> assertThat(updated.metadataPublic().path("plan").asString()).isEqualTo("gold"));
		update(alice, isFrom(0, 10), "0.10", UpdateIdentity.from(alice).metadataAdmin(Map.of("score", 7)))
			.ifPresent((updated) -> {
				assertThat(updated.metadataAdmin().path("score").asInt()).isEqualTo(7);
				assertThat(updated.metadataPublic()).as("an update deletes missing fields").isNull();
				Identity renamed = this.kratos.identities()
					.updateIdentity(alice.id(), UpdateIdentity.from(updated).build());
				assertThat(renamed.metadataAdmin()).isEqualTo(updated.metadataAdmin());
			});
	}

	@Test
	void storesAnExternalIdSinceV25_4() {
		Identity alice = create("alice");
		update(alice, isFrom(25, 4), "25.4", UpdateIdentity.from(alice).externalId("crm-" + alice.id()))
			.ifPresent((updated) -> assertThat(updated.externalId()).isEqualTo("crm-" + alice.id()));
	}

	/**
	 * Updates an identity and reads it again. If the server does not support the update,
	 * asserts that it is refused and changes nothing.
	 */
	private Optional<Identity> update(Identity identity, boolean supported, String since,
			UpdateIdentity.Builder update) {
		if (supported) {
			this.kratos.identities().updateIdentity(identity.id(), update.build());
			return Optional.of(this.kratos.identities().getIdentity(identity.id()));
		}
		UpdateIdentity changed = update.traits(Map.of("email", "changed" + DOMAIN)).build();
		assertThatExceptionOfType(KratosUnsupportedException.class)
			.isThrownBy(() -> this.kratos.identities().updateIdentity(identity.id(), changed))
			.satisfies((ex) -> assertThat(ex.getRequiredVersion()).isEqualTo(since));
		assertThat(this.kratos.identities().getIdentity(identity.id()).traits()).isEqualTo(identity.traits());
		return Optional.empty();
	}

	@Test
	void deletesAnIdentityOnce() {
		Identity alice = create("alice");
		this.kratos.identities().deleteIdentity(alice.id());
		assertThatExceptionOfType(KratosNotFoundException.class)
			.isThrownBy(() -> this.kratos.identities().getIdentity(alice.id()));
		assertThatExceptionOfType(KratosNotFoundException.class)
			.isThrownBy(() -> this.kratos.identities().deleteIdentity(alice.id()));
	}

	@Test
	void listsNoIdentities() {
		Page<Identity> page = this.kratos.identities().listIdentities(ListIdentities.builder().build());
		assertThat(page.items()).isEmpty();
		assertThat(page.nextPageToken()).isNull();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 6, 7, 8, 250, 1000 })
	void listsEachIdentityOnceWithAnyPageSize(int pageSize) {
		List<String> ids = create(7);
		assertThat(all(pageSize)).extracting(Identity::id).containsExactlyInAnyOrderElementsOf(ids);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 5, 250 })
	void listsEachIdentityOnceWhileEachIsDeleted(int pageSize) {
		List<String> ids = create(11);
		List<String> listed = new ArrayList<>();
		try (Stream<Identity> identities = this.kratos.identities()
			.streamIdentities(ListIdentities.builder().pageSize(pageSize).build())) {
			identities.forEach((identity) -> {
				listed.add(identity.id());
				this.kratos.identities().deleteIdentity(identity.id());
			});
		}
		assertThat(listed).containsExactlyInAnyOrderElementsOf(ids);
		assertThat(all(250)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 5, 250 })
	void listsEachIdentityOnceWhileOthersAreCreated(int pageSize) {
		List<String> ids = create(11);
		List<String> listed = new ArrayList<>();
		try (Stream<Identity> identities = this.kratos.identities()
			.streamIdentities(ListIdentities.builder().pageSize(pageSize).build())) {
			identities.forEach((identity) -> {
				listed.add(identity.id());
				if (listed.size() < 20) {
					create("other" + listed.size());
				}
			});
		}
		assertThat(listed).doesNotHaveDuplicates().containsAll(ids);
	}

	@Test
	void listsPageByPage() {
		List<String> ids = create(5);
		List<String> listed = new ArrayList<>();
		String token = null;
		do {
			Page<Identity> page = this.kratos.identities()
				.listIdentities(ListIdentities.builder().pageSize(2).pageToken(token).build());
			assertThat(page.items()).hasSizeLessThanOrEqualTo(2);
			page.items().forEach((identity) -> listed.add(identity.id()));
			token = page.nextPageToken();
		}
		while (token != null);
		assertThat(listed).containsExactlyInAnyOrderElementsOf(ids);
	}

	@Test
	void refusesAnInvalidPageToken() {
		create(2);
		ListIdentities query = ListIdentities.builder().pageSize(1).pageToken("page_token=garbage").build();
		// Servers without page tokens return the first page for any token. 1.1 and 1.2
		// return an empty page or 500, so that the client refuses the token.
		Class<? extends Exception> without = isFrom(1, 1) ? IllegalArgumentException.class
				: KratosUnreadableResponseException.class;
		assertThatExceptionOfType(isFrom(1, 3) ? KratosBadRequestException.class : without)
			.isThrownBy(() -> this.kratos.identities().listIdentities(query));
	}

	@Test
	void returnsTheTotalFromV0_8ToV1_0() {
		create(3);
		Page<Identity> page = this.kratos.identities().listIdentities(ListIdentities.builder().pageSize(2).build());
		assertThat(page.totalItems()).isEqualTo((isFrom(0, 8) && !isFrom(1, 1)) ? 3L : null);
	}

	@Test
	void manyThreadsShareTheClient() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(8);
		List<Future<String>> created = IntStream.range(0, 24).mapToObj((i) -> threads.submit(() -> {
			Identity identity = create("parallel" + i);
			assertThat(this.kratos.identities().getIdentity(identity.id()).traits().path("email").stringValue())
				.isEqualTo("parallel" + i + DOMAIN);
			return identity.id();
		})).toList();
		List<String> ids = new ArrayList<>();
		for (Future<String> id : created) {
			ids.add(id.get(60, TimeUnit.SECONDS));
		}
		threads.shutdown();
		assertThat(all(5)).extracting(Identity::id).containsExactlyInAnyOrderElementsOf(ids);
	}

	@Test
	void createsARecoveryLink() {
		RecoveryLink link = this.kratos.recovery()
			.createRecoveryLink(
					CreateRecoveryLink.builder(create("alice").id()).expiresIn(Duration.ofMinutes(90)).build());
		assertThat(link.recoveryLink()).contains("/self-service/recovery?").contains("token=");
		assertThat(link.expiresAt()).isBetween(Instant.now().plus(Duration.ofMinutes(85)),
				Instant.now().plus(Duration.ofMinutes(95)));
	}

	@Test
	void createsARecoveryLinkWithTheConfiguredLifespan() {
		RecoveryLink link = this.kratos.recovery().createRecoveryLink(new CreateRecoveryLink(create("alice").id()));
		// Up to 0.7 the lifespan of the flow, later the lifespan of the link.
		assertThat(link.expiresAt()).isBetween(Instant.now().minusSeconds(60),
				Instant.now().plus(Duration.ofMinutes(65)));
	}

	@Test
	void createsNoRecoveryLinkForAnUnknownIdentity() {
		KratosException ex = catchThrowableOfType(KratosException.class,
				() -> this.kratos.recovery().createRecoveryLink(new CreateRecoveryLink(UNKNOWN_ID)));
		assertThat(ex)
			.isExactlyInstanceOf(isFrom(0, 9) ? KratosBadRequestException.class : KratosNotFoundException.class);
	}

	@Test
	void readsSchemas() {
		assertThat(this.kratos.schemas().getSchema("default").path("title").asString()).isEqualTo("Person");
		assertThat(this.kratos.schemas().getSchema("customer").path("title").asString()).isEqualTo("Customer");
	}

	@Test
	void doesNotFindAnUnknownSchema() {
		assertThatExceptionOfType(KratosNotFoundException.class)
			.isThrownBy(() -> this.kratos.schemas().getSchema("nope"));
	}

	@Test
	void readsASelfServiceError() {
		SelfServiceError error = this.kratos.selfService().getSelfServiceError("stub:500");
		assertThat(error.errors()).singleElement()
			.satisfies((only) -> assertThat(only.code()).isEqualTo(500))
			.satisfies((only) -> assertThat(only.reason()).isEqualTo("This is a stub error."));
	}

	@Test
	void doesNotFindAnUnknownSelfServiceError() {
		assertThatExceptionOfType(KratosNotFoundException.class)
			.isThrownBy(() -> this.kratos.selfService().getSelfServiceError(UNKNOWN_ID));
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SETTINGS")
	void readsAFlowUntilItExpires(FlowKind kind) {
		String id = this.target.startFlow(kind);
		SelfServiceFlow flow = read(kind).apply(this.kratos.selfService(), id);
		check(flow, id);
		awaitExpiry(() -> read(kind).apply(this.kratos.selfService(), id), id);
	}

	@Test
	void readsASettingsFlowUntilItExpires() {
		String token = this.target.register("carol" + DOMAIN);
		String id = this.target.startSettingsFlow(token);
		SettingsFlow flow = this.kratos.selfService().getSelfServiceSettingsFlow(id, token);
		check(flow, id);
		assertThat(flow.identity().traits().path("email").asString()).isEqualTo("carol" + DOMAIN);
		awaitExpiry(() -> this.kratos.selfService().getSelfServiceSettingsFlow(id, token), id);
	}

	@Test
	void aSettingsFlowRequiresItsSessionSinceV0_7() {
		String id = this.target.startSettingsFlow(this.target.register("carol" + DOMAIN));
		if (!isFrom(0, 7)) {
			assertThat(this.kratos.selfService().getSelfServiceSettingsFlow(id, null).id()).isEqualTo(id);
		}
		else {
			assertThatExceptionOfType(KratosUnauthorizedException.class)
				.isThrownBy(() -> this.kratos.selfService().getSelfServiceSettingsFlow(id, null));
		}
	}

	@Test
	void aSettingsFlowRefusesAnotherSessionSinceV0_7() {
		String id = this.target.startSettingsFlow(this.target.register("carol" + DOMAIN));
		String other = this.target.register("dave" + DOMAIN);
		if (!isFrom(0, 7)) {
			assertThat(this.kratos.selfService().getSelfServiceSettingsFlow(id, other).id()).isEqualTo(id);
		}
		else {
			assertThatExceptionOfType(KratosForbiddenException.class)
				.isThrownBy(() -> this.kratos.selfService().getSelfServiceSettingsFlow(id, other));
		}
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SETTINGS")
	void aBrowserFlowRequiresItsCookieSinceV0_7(FlowKind kind) {
		String id = this.target.startBrowserFlow(kind);
		if (!isFrom(0, 7)) {
			assertThat(read(kind).apply(this.kratos.selfService(), id).type()).isEqualTo(FlowType.BROWSER);
		}
		else {
			assertThatExceptionOfType(KratosForbiddenException.class)
				.isThrownBy(() -> read(kind).apply(this.kratos.selfService(), id));
		}
	}

	@Test
	void readsTheErrorMessageOfAFlow() {
		this.target.register("carol" + DOMAIN);
		String id = this.target.startFlow(FlowKind.LOGIN);
		this.target.submitWrongPassword(id, "carol" + DOMAIN);
		LoginFlow flow = this.kratos.selfService().getSelfServiceLoginFlow(id);
		assertThat(flow.ui().messages()).singleElement()
			.satisfies((message) -> assertThat(message.id()).isEqualTo(4000006))
			.satisfies((message) -> assertThat(message.type()).isEqualTo("error"));
	}

	@Test
	void readsTheStateOfAFlow() {
		String id = this.target.startFlow(FlowKind.RECOVERY);
		assertThat(this.kratos.selfService().getSelfServiceRecoveryFlow(id).state()).isEqualTo("choose_method");
		this.target.submitRecovery(id, create("alice").recoveryAddresses().get(0).value());
		RecoveryFlow flow = this.kratos.selfService().getSelfServiceRecoveryFlow(id);
		assertThat(flow.state()).isEqualTo("sent_email");
		assertThat(flow.active()).isIn("link", "code");
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SETTINGS")
	void readsAFlowAtThePublicUrl(FlowKind kind) {
		String id = this.target.startFlow(kind);
		check(read(kind).apply(this.withPublicUrl.selfService(), id), id);
		assertThatExceptionOfType(KratosNotFoundException.class)
			.isThrownBy(() -> read(kind).apply(this.withPublicUrl.selfService(), UNKNOWN_ID));
	}

	@Test
	void readsASettingsFlowAtThePublicUrl() {
		String token = this.target.register("carol" + DOMAIN);
		String id = this.target.startSettingsFlow(token);
		check(this.withPublicUrl.selfService().getSelfServiceSettingsFlow(id, token), id);
	}

	@Test
	void readsErrorsAndSchemasAtThePublicUrl() {
		assertThat(this.withPublicUrl.schemas().getSchema("customer").path("title").asString()).isEqualTo("Customer");
		assertThatExceptionOfType(KratosNotFoundException.class)
			.isThrownBy(() -> this.withPublicUrl.schemas().getSchema("nope"));
		assertThat(this.withPublicUrl.selfService().getSelfServiceError("stub:500").errors()).hasSize(1);
		// On its public port 0.6 returns 403 for an unknown error.
		assertThatExceptionOfType(isFrom(0, 7) ? KratosNotFoundException.class : KratosForbiddenException.class)
			.isThrownBy(() -> this.withPublicUrl.selfService().getSelfServiceError(UNKNOWN_ID));
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SETTINGS")
	void doesNotFindAnUnknownFlow(FlowKind kind) {
		for (String id : List.of(UNKNOWN_ID, "nope")) {
			assertThatExceptionOfType(KratosNotFoundException.class)
				.isThrownBy(() -> read(kind).apply(this.kratos.selfService(), id));
		}
	}

	@Test
	void doesNotFindAnUnknownSettingsFlow() {
		String token = this.target.register("carol" + DOMAIN);
		// 0.7 returns 403 for an unknown settings flow.
		boolean v07 = isFrom(0, 7) && !isFrom(0, 8);
		for (String id : List.of(UNKNOWN_ID, "nope")) {
			assertThatExceptionOfType(v07 ? KratosForbiddenException.class : KratosNotFoundException.class)
				.isThrownBy(() -> this.kratos.selfService().getSelfServiceSettingsFlow(id, token));
		}
	}

	private static BiFunction<SelfServiceApi, String, SelfServiceFlow> read(FlowKind kind) {
		return switch (kind) {
			case LOGIN -> SelfServiceApi::getSelfServiceLoginFlow;
			case REGISTRATION -> SelfServiceApi::getSelfServiceRegistrationFlow;
			case RECOVERY -> SelfServiceApi::getSelfServiceRecoveryFlow;
			case VERIFICATION -> SelfServiceApi::getSelfServiceVerificationFlow;
			case SETTINGS -> throw new IllegalArgumentException("A settings flow is read with a session");
		};
	}

	private void check(SelfServiceFlow flow, String id) {
		assertThat(flow.id()).isEqualTo(id);
		assertNoUnknownProperties(flow);
		assertThat(flow.type()).isEqualTo(FlowType.API);
		assertThat(Duration.between(flow.issuedAt(), flow.expiresAt())).isEqualTo(FLOW_LIFESPAN);
		assertThat(flow.requestUrl()).contains("/self-service/");
		assertThat(flow.ui().action()).contains(id);
		assertThat(flow.ui().method()).isEqualTo("POST");
		assertThat(flow.ui().nodes()).isNotEmpty()
			.allMatch((node) -> node.attributes() instanceof UiNodeAttributes.Input
					|| node.attributes() instanceof UiNodeAttributes.Text
					|| node.attributes() instanceof UiNodeAttributes.Image);
	}

	private void awaitExpiry(Runnable read, String id) {
		this.target.expire(id);
		Awaitility.await()
			.atMost(FLOW_LIFESPAN.multipliedBy(2))
			.pollInterval(Duration.ofMillis(200))
			.untilAsserted(() -> assertThatExceptionOfType(KratosFlowExpiredException.class).isThrownBy(read::run)
				.satisfies((ex) -> assertThat(ex.getNewFlowUrl()).contains("/self-service/")));
	}

	@Test
	void isAliveAndReady() {
		assertThat(this.kratos.metadata().isAlive().status()).isEqualTo("ok");
		assertThat(this.kratos.metadata().isReady().ready()).isTrue();
	}

	@Test
	void returnsItsVersion() {
		assertThat(this.kratos.metadata().getVersion().version()).isNotBlank();
	}

	@Test
	void returnsMetrics() {
		assertThat(this.kratos.metadata().prometheus()).contains("# TYPE ");
	}

	// Addresses

	@Test
	void failsIfTheBaseUrlIsThePublicUrl() {
		String id = this.kratos.identities()
			.createIdentity(CreateIdentity.builder().traits(Map.of("email", "carl" + DOMAIN)).build())
			.id();
		try (KratosAdmin kratos = KratosAdmin.builder().baseUrl(this.target.publicUrl()).build()) {
			// 0.6 has no identities on its public port, later versions redirect.
			assertThatExceptionOfType(KratosException.class).isThrownBy(() -> kratos.identities().getIdentity(id))
				.satisfies((ex) -> assertThat(ex instanceof KratosRedirectException).isEqualTo(isFrom(0, 7)));
			assertThatExceptionOfType(KratosException.class).isThrownBy(() -> kratos.identities().deleteIdentity(id));
			assertThatExceptionOfType(KratosNotFoundException.class).isThrownBy(() -> kratos.metadata().getVersion())
				.satisfies((ex) -> assertThat(ex.isAbsent()).isFalse());
		}
		assertThat(this.kratos.identities().getIdentity(id).id()).isEqualTo(id);
	}

	record Traits(String email, String company, Name name) {

	}

	record Name(String first, Optional<String> last) {

	}

}
