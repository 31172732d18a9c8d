package io.github.kratosadmin.autoconfigure;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import com.sun.net.httpserver.HttpServer;
import feign.Feign;
import feign.form.FormEncoder;
import feign.form.spring.SpringFormEncoder;
import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.internal.httpclient.client5.http.classic.HttpClient;
import io.github.kratosadmin.testing.StubKratos;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.brave.bridge.BraveTracer;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import org.apache.commons.fileupload.FileUpload;
import org.apache.commons.lang3.StringUtils;
import org.apache.commons.text.StringSubstitutor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.brave.autoconfigure.BraveAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.cloud.client.CommonsClientAutoConfiguration;
import org.springframework.cloud.context.named.NamedContextFactory;
import org.springframework.cloud.openfeign.FeignClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Compares an application with the same application without the starter and its
 * dependencies. The differences are those in docs/coexistence.md.
 */
class HostApplicationTests {

	/** Classes of the jars that the starter adds. */
	private static final List<Class<?>> STARTER = List.of(KratosAdmin.class, KratosAdminAutoConfiguration.class,
			FeignClient.class, Feign.class, HttpClient.class);

	/** Classes of jars for forms, which these tests have and the starter does not add. */
	private static final List<Class<?>> FORMS = List.of(SpringFormEncoder.class, FormEncoder.class, FileUpload.class,
			StringSubstitutor.class, StringUtils.class);

	private static final List<Class<?>> SPRING_CLOUD = List.of(NamedContextFactory.class,
			CommonsClientAutoConfiguration.class);

	/** Classes of the jars for observations, metrics and tracing, which are optional. */
	private static final List<Class<?>> MICROMETER = List.of(ContextSnapshot.class, MeterRegistry.class,
			PrometheusMeterRegistry.class, Tracer.class, BraveTracer.class, OtelTracer.class,
			ObservationAutoConfiguration.class, MetricsAutoConfiguration.class,
			MicrometerTracingAutoConfiguration.class, BraveAutoConfiguration.class,
			OpenTelemetryTracingAutoConfiguration.class);

	private static final String WITHOUT_FEIGN = "spring.autoconfigure.exclude=org.springframework.cloud.openfeign.FeignAutoConfiguration";

	private static final String CLIENT = "The beans `kratosAdmin`";

	private static final String METRICS = "The bean `kratosAdminMetrics`";

	private static final String HEALTH = "The health contributor `kratosHealthContributor`";

	private static final String INFO = "The info contributor `kratosInfoContributor`";

	private static final String FEIGN = "The beans `feign";

	private static final int CALLS = 40;

	/** The results of earlier starts, as each start loads all classes again. */
	private static final Map<String, Map<String, Set<String>>> STARTED = new HashMap<>();

	@Test
	void addsOnlyTheDocumentedBeans() throws Exception {
		assertThat(added("beans", SPRING_CLOUD))
			.containsExactlyInAnyOrderElementsOf(documented(CLIENT, METRICS, HEALTH));
	}

	@Test
	void addsNoBeanWhenDisabled() throws Exception {
		assertThat(added("beans", SPRING_CLOUD, "kratos.admin.enabled=false")).isEmpty();
	}

	@Test
	void addsNoHealthContributorWhenItIsDisabled() throws Exception {
		assertThat(added("beans", SPRING_CLOUD, "management.health.kratos.enabled=false"))
			.containsExactlyInAnyOrderElementsOf(documented(CLIENT, METRICS));
	}

	@Test
	void addsTheInfoContributorWhenItIsEnabled() throws Exception {
		assertThat(added("beans", SPRING_CLOUD, "management.info.kratos.enabled=true"))
			.containsExactlyInAnyOrderElementsOf(documented(CLIENT, METRICS, HEALTH, INFO));
	}

	@Test
	void addsOneHealthComponent() throws Exception {
		assertThat(added("health", SPRING_CLOUD)).containsExactly("kratos");
	}

	@Test
	void addsTheDocumentedBeansOfOpenFeignWithSpringCloudContext() throws Exception {
		assertThat(added("beans", List.of()))
			.containsExactlyInAnyOrderElementsOf(documented(CLIENT, METRICS, HEALTH, FEIGN));
	}

	@Test
	void addsNoBeanOfOpenFeignWithTheDocumentedProperty() throws Exception {
		assertThat(documented(FEIGN, 1)).contains(WITHOUT_FEIGN);
		assertThat(added("beans", List.of(), WITHOUT_FEIGN, "kratos.admin.enabled=false")).isEmpty();
	}

	@Test
	void callsKratosWithoutTheJarsForForms() throws Exception {
		assertThat(versionOfKratos(SPRING_CLOUD)).isEqualTo("v0.6.3-alpha.1");
	}

	@Test
	void callsKratosWithoutTheJarsForFormsWithSpringCloudContext() throws Exception {
		assertThat(versionOfKratos(List.of())).isEqualTo("v0.6.3-alpha.1");
	}

	@Test
	void callsKratosWithoutTheJarsForMetricsAndTracing() throws Exception {
		List<Class<?>> missing = new ArrayList<>(SPRING_CLOUD);
		missing.addAll(MICROMETER);
		assertThat(versionOfKratos(missing)).isEqualTo("v0.6.3-alpha.1");
	}

	@Test
	void doesNotChangeTheHttpClientThatSpringBootDetects() throws Exception {
		assertThat(start(SPRING_CLOUD, List.of()).get("requestFactory"))
			.isEqualTo(start(SPRING_CLOUD, STARTER).get("requestFactory"))
			.containsExactly("JdkClientHttpRequestFactoryBuilder");
	}

	@Test
	void doesNotAddApacheHttpClientUnderItsOwnPackage() {
		for (String name : List.of("org.apache.hc.client5.http.classic.HttpClient", "org.apache.hc.core5.http.HttpHost",
				"org.apache.hc.core5.http2.H2Error")) {
			assertThatExceptionOfType(ClassNotFoundException.class).isThrownBy(() -> Class.forName(name));
		}
		assertThat(getClass().getResource("/org/publicsuffix")).isNull();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void doesNotLimitConcurrentRequestsOfTheApplication(boolean starter) throws Exception {
		CountDownLatch arrived = new CountDownLatch(CALLS);
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), CALLS);
		ExecutorService threads = Executors.newCachedThreadPool();
		server.setExecutor(threads);
		server.createContext("/", (exchange) -> {
			arrived.countDown();
			boolean all = await(arrived);
			// Not 503, as HttpClient would retry until all have arrived.
			exchange.sendResponseHeaders(all ? 204 : 500, -1);
			exchange.close();
		});
		server.start();
		try {
			List<Class<?>> missing = new ArrayList<>(SPRING_CLOUD);
			if (!starter) {
				missing.addAll(STARTER);
			}
			String url = "http://127.0.0.1:" + server.getAddress().getPort();
			Object statuses = run(missing, HostApplication.class,
					(application) -> application.getMethod("call", String.class, int.class).invoke(null, url, CALLS));
			assertThat((List<?>) statuses).hasSize(CALLS).allSatisfy((status) -> assertThat(status).isEqualTo(204));
		}
		finally {
			server.stop(0);
			threads.shutdownNow();
		}
	}

	private static boolean await(CountDownLatch latch) {
		try {
			return latch.await(1, TimeUnit.MINUTES);
		}
		catch (InterruptedException ex) {
			return false;
		}
	}

	private static Object versionOfKratos(List<Class<?>> without) throws Exception {
		try (StubKratos kratos = new StubKratos()) {
			return run(without, CallingApplication.class, "kratos.admin.base-url=" + kratos.url(),
					"kratos.admin.path-prefix=");
		}
	}

	/**
	 * Returns the names that only the application with the starter has.
	 */
	private static Set<String> added(String part, List<Class<?>> without, String... properties) throws Exception {
		Set<String> added = new TreeSet<>(start(without, List.of(), properties).get(part));
		added.removeAll(start(without, STARTER).get(part));
		return added;
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Set<String>> start(List<Class<?>> without, List<Class<?>> andWithout,
			String... properties) throws Exception {
		List<Class<?>> missing = new ArrayList<>(without);
		missing.addAll(andWithout);
		String key = missing + List.of(properties).toString();
		Map<String, Set<String>> started = STARTED.get(key);
		if (started == null) {
			started = (Map<String, Set<String>>) run(missing, HostApplication.class, properties);
			STARTED.put(key, started);
		}
		return started;
	}

	private static Object run(List<Class<?>> missing, Class<?> application, String... properties) throws Exception {
		return run(missing, application,
				(type) -> type.getMethod("start", String[].class).invoke(null, (Object) properties));
	}

	private static Object run(List<Class<?>> missing, Class<?> application, ApplicationCallback callback)
			throws Exception {
		Thread thread = Thread.currentThread();
		ClassLoader before = thread.getContextClassLoader();
		try (URLClassLoader classLoader = new URLClassLoader(classPathWithout(missing),
				ClassLoader.getPlatformClassLoader())) {
			thread.setContextClassLoader(classLoader);
			return callback.call(classLoader.loadClass(application.getName()));
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}

	private static URL[] classPathWithout(List<Class<?>> missing) throws URISyntaxException, MalformedURLException {
		Set<Path> without = new TreeSet<>();
		for (List<Class<?>> types : List.of(missing, FORMS)) {
			for (Class<?> type : types) {
				without.add(Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()));
			}
		}
		List<URL> urls = new ArrayList<>();
		for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
			Path path = Path.of(entry).toAbsolutePath();
			if (!without.remove(path)) {
				urls.add(path.toUri().toURL());
			}
		}
		assertThat(without).as("not found on the class path").isEmpty();
		return urls.toArray(URL[]::new);
	}

	/** Returns the beans in the table rows that start with the given texts. */
	private static Set<String> documented(String... rows) throws IOException {
		Set<String> names = new TreeSet<>();
		for (String row : rows) {
			Pattern.compile("`(\\w{7,})`")
				.matcher(documented(row, 0))
				.results()
				.forEach((name) -> names.add(name.group(1)));
		}
		return names;
	}

	private static String documented(String row, int column) throws IOException {
		return Files.readAllLines(Path.of("../docs/coexistence.md"))
			.stream()
			.filter((line) -> line.startsWith("| " + row))
			.findFirst()
			.orElseThrow()
			.split(" \\| ")[column];
	}

	/**
	 * Callback for an application in a class loader of its own.
	 */
	private interface ApplicationCallback {

		Object call(Class<?> application) throws Exception;

	}

}
