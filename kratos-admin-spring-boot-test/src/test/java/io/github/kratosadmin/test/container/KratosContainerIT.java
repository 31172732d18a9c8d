package io.github.kratosadmin.test.container;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.error.KratosBadRequestException;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.recovery.CreateRecoveryLink;
import io.github.kratosadmin.selfservice.LoginFlow;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.Network;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.MountableFile;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for a {@link KratosContainer} with the default image. The contract suite can run
 * on other images.
 */
@RequiresImages(KratosContainer.DEFAULT_IMAGE)
class KratosContainerIT {

	private static final String POSTGRES = "postgres:15";

	@Test
	void servesAdminApi() {
		try (KratosContainer container = new KratosContainer()) {
			container.start();
			try (KratosAdmin kratos = client(container)) {
				assertThat(kratos.metadata().getVersion().version()).isEqualTo("v26.2.0");
				String id = create(kratos, "default", Map.of("email", "alice@example.test"));
				assertThat(kratos.identities().getIdentity(id).traits().path("email").asString())
					.isEqualTo("alice@example.test");
			}
		}
	}

	@Test
	void returnsPublicUrlsThatTheTestCanReach() throws Exception {
		try (KratosContainer container = new KratosContainer()) {
			container.start();
			try (KratosAdmin kratos = client(container)) {
				LoginFlow flow = kratos.selfService().getSelfServiceLoginFlow(startLoginFlow(container));
				assertThat(flow.ui().action()).startsWith(container.getPublicUrl() + "/");
				String id = create(kratos, "default", Map.of("email", "alice@example.test"));
				assertThat(kratos.recovery().createRecoveryLink(new CreateRecoveryLink(id)).recoveryLink())
					.startsWith(container.getPublicUrl() + "/");
			}
		}
	}

	@Test
	void handlesConcurrentRequestsWhileOthersAreCancelled() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(16);
		try (KratosContainer container = new KratosContainer()) {
			container.start();
			try (KratosAdmin kratos = client(container);
					KratosAdmin impatient = KratosAdmin.builder()
						.baseUrl(container.getAdminUrl())
						.pathPrefix("/admin")
						.readTimeout(Duration.ofMillis(1))
						.build()) {
				List<Future<String>> created = IntStream.range(0, 200).mapToObj((i) -> threads.submit(() -> {
					catchThrowable(
							() -> create(impatient, "default", Map.of("email", "impatient" + i + "@example.test")));
					String id = create(kratos, "default", Map.of("email", "patient" + i + "@example.test"));
					return kratos.identities().getIdentity(id).id();
				})).toList();
				for (Future<String> id : created) {
					assertThat(id.get(1, TimeUnit.MINUTES)).isNotBlank();
				}
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void keepsPublicUrlAfterRestart() throws Exception {
		try (KratosContainer container = new KratosContainer()) {
			container.start();
			String publicUrl = container.getPublicUrl();
			container.stop();
			container.start();
			assertThat(container.getPublicUrl()).isEqualTo(publicUrl);
			assertThat(startLoginFlow(container)).isNotBlank();
		}
	}

	@Test
	void usesIdentitySchemasAndConfiguration() throws Exception {
		try (KratosContainer container = new KratosContainer()
			.withIdentitySchema("customer", MountableFile.forClasspathResource("/customer.schema.json"))
			.withIdentitySchema("default", """
					{"type": "object", "properties": {"traits": {"type": "object", "properties": {
					  "number": {"type": "integer"}}, "required": ["number"]}}}""")
			.withConfiguration("""
					serve:
					  public:
					    host: 127.0.0.1
					    port: 80
					    base_url: https://auth.example.test/
					selfservice:
					  flows:
					    login:
					      lifespan: 90s
					""")) {
			container.start();
			try (KratosAdmin kratos = client(container)) {
				create(kratos, "customer", Map.of("email", "alice@example.test", "company", "Example"));
				create(kratos, "default", Map.of("number", 1));
				assertThatExceptionOfType(KratosBadRequestException.class)
					.isThrownBy(() -> create(kratos, "default", Map.of("email", "alice@example.test")));
				LoginFlow flow = kratos.selfService().getSelfServiceLoginFlow(startLoginFlow(container));
				assertThat(Duration.between(flow.issuedAt(), flow.expiresAt())).isEqualTo(Duration.ofSeconds(90));
				assertThat(flow.ui().action()).startsWith(container.getPublicUrl() + "/");
			}
		}
	}

	@Test
	void failsAtOnceWithInvalidConfiguration() {
		try (KratosContainer container = new KratosContainer().withConfiguration("selfservice: {methods: {no: {}}}")) {
			long start = System.nanoTime();
			assertThatExceptionOfType(ContainerLaunchException.class).isThrownBy(container::start);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMinutes(1));
		}
	}

	@Test
	@RequiresImages({ KratosContainer.DEFAULT_IMAGE, POSTGRES })
	void storesIdentitiesInDatabaseOfAnotherContainer() {
		try (Network network = Network.newNetwork();
				PostgreSQLContainer postgres = new PostgreSQLContainer(POSTGRES).withNetwork(network)
					.withNetworkAliases("postgres")) {
			String id = inKratosOn(network, postgres,
					(kratos) -> create(kratos, "default", Map.of("email", "alice@example.test")));
			String email = inKratosOn(network, postgres,
					(kratos) -> kratos.identities().getIdentity(id).traits().path("email").asString());
			assertThat(email).isEqualTo("alice@example.test");
		}
	}

	private static String inKratosOn(Network network, PostgreSQLContainer postgres,
			Function<KratosAdmin, String> call) {
		try (KratosContainer container = new KratosContainer().withNetwork(network)
			.dependsOn(postgres)
			.withDsn("postgres://test:test@postgres:5432/test?sslmode=disable")) {
			container.start();
			try (KratosAdmin kratos = client(container)) {
				return call.apply(kratos);
			}
		}
	}

	private static KratosAdmin client(KratosContainer container) {
		return KratosAdmin.builder().baseUrl(container.getAdminUrl()).publicUrl(container.getPublicUrl()).build();
	}

	private static String create(KratosAdmin kratos, String schema, Map<String, Object> traits) {
		return kratos.identities()
			.createIdentity(CreateIdentity.builder().schemaId(schema).traits(traits).build())
			.id();
	}

	private static String startLoginFlow(KratosContainer container) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create(container.getPublicUrl() + "/self-service/login/api"))
			.header("Accept", "application/json")
			.build();
		String flow = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
		return JsonMapper.shared().readTree(flow).path("id").asString();
	}

}
