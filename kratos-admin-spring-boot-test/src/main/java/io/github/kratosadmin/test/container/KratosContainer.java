package io.github.kratosadmin.test.container;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.kratosadmin.autoconfigure.KratosAdminConnectionDetails;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.containers.wait.strategy.WaitAllStrategy;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/**
 * Testcontainers implementation for Ory Kratos.
 * <p>
 * Supported image: {@code oryd/kratos}, version 0.6 and later. The default database is
 * SQLite, which up to 0.8.0 requires an image whose tag ends with {@code -sqlite}. Use
 * {@link #withDsn(String)} for another database.
 * <p>
 * Exposed ports:
 * <ul>
 * <li>Public API: 4433, on a free port of the Docker host. The port is chosen before the
 * start, as Kratos must know its own address</li>
 * <li>Admin API: 4434</li>
 * </ul>
 * Kratos runs in development mode and without telemetry. By default it keeps its data in
 * memory, has the identity schema {@code default} of {@link EmbeddedKratos}, supports
 * passwords, recovery links and (since 0.11) codes, and sends no messages.
 */
public class KratosContainer extends GenericContainer<KratosContainer> {

	/**
	 * The default image.
	 */
	public static final String DEFAULT_IMAGE = "oryd/kratos:v26.2.0";

	private static final DockerImageName SUPPORTED_IMAGE = DockerImageName.parse("oryd/kratos");

	static final int PUBLIC_PORT = 4433;

	static final int ADMIN_PORT = 4434;

	private static final String DSN = "DSN";

	/**
	 * A SQLite file in the shared memory of the container. With an in-memory database of
	 * SQLite Kratos refuses concurrent requests, or, on one connection, loses all data
	 * when a request is cancelled. The last parameter is for Kratos only: if the DSN
	 * contains it, Kratos migrates the database at its start.
	 */
	private static final String IN_MEMORY = "sqlite://file:/dev/shm/kratos.sqlite?_fk=true&_txlock=immediate&lock=false"
			+ "&migrate=as_mode=memory";

	private static final String PUBLIC_BASE_URL = "SERVE_PUBLIC_BASE_URL";

	private static final String DIRECTORY = "/etc/kratos/";

	private static final String DEFAULTS = DIRECTORY + "defaults.json";

	private static final String CONFIGURATION = DIRECTORY + "kratos.yml";

	private static final Duration TIMEOUT = Duration.ofMinutes(2);

	private final DockerImageName image;

	private final ImageVersion version;

	private final Map<String, String> identitySchemas = new LinkedHashMap<>();

	private @Nullable String configuration;

	private int publicPort;

	/**
	 * Creates a container of the {@link #DEFAULT_IMAGE}.
	 */
	public KratosContainer() {
		this(DEFAULT_IMAGE);
	}

	/**
	 * Creates a container.
	 * @param image name and tag of an image, such as {@code oryd/kratos:v1.3.1}
	 * @throws IllegalArgumentException if the version is older than 0.6
	 */
	public KratosContainer(String image) {
		this(DockerImageName.parse(image));
	}

	/**
	 * Creates a container.
	 * @param image an image that is compatible with {@code oryd/kratos}. A tag without a
	 * version counts as the newest
	 * @throws IllegalArgumentException if the version is older than 0.6
	 */
	@SuppressWarnings("this-escape") // As every container is set up.
	public KratosContainer(DockerImageName image) {
		super(image);
		image.assertCompatibleWith(SUPPORTED_IMAGE);
		this.image = image;
		this.version = ImageVersion.ofTag(image.getVersionPart());
		if (!this.version.isAtLeast(0, 6)) {
			throw new IllegalArgumentException("Kratos 0.6 or later is required, but the image is " + image);
		}
		this.identitySchemas.put(KratosConfiguration.DEFAULT_SCHEMA, defaultIdentitySchema());
		withExposedPorts(ADMIN_PORT, PUBLIC_PORT);
		withEnv("SQA_OPT_OUT", "true");
		withEnv(DSN, IN_MEMORY);
		// The environment overrides the configuration file, which may be written for
		// another environment.
		withEnv("SERVE_ADMIN_HOST", "0.0.0.0");
		withEnv("SERVE_ADMIN_PORT", String.valueOf(ADMIN_PORT));
		withEnv("SERVE_PUBLIC_HOST", "0.0.0.0");
		withEnv("SERVE_PUBLIC_PORT", String.valueOf(PUBLIC_PORT));
		// Without "/admin": older versions do not have it, and 0.9 and later redirect.
		waitingFor(new WaitAllStrategy().withStrategy(Wait.forHttp("/health/ready").forPort(ADMIN_PORT))
			.withStrategy(Wait.forHttp("/health/ready").forPort(PUBLIC_PORT))
			.withStartupTimeout(TIMEOUT));
		// With an invalid configuration Kratos exits at once. Do not wait for the timeout
		// then.
		withMinimumRunningDuration(Duration.ofSeconds(1));
	}

	/**
	 * Adds an identity schema, or replaces the one with the id {@code default}.
	 * @param id the schema's id
	 * @param schema the schema, JSON
	 * @return this container
	 */
	public KratosContainer withIdentitySchema(String id, String schema) {
		this.identitySchemas.put(id, schema);
		return self();
	}

	/**
	 * Adds an identity schema, or replaces the one with the id {@code default}.
	 * @param id the schema's id
	 * @param schema a file with the schema
	 * @return this container
	 */
	public KratosContainer withIdentitySchema(String id, MountableFile schema) {
		return withIdentitySchema(id, read(schema));
	}

	/**
	 * Configures Kratos. The configuration overrides the defaults key by key; a list
	 * replaces the whole list. The container always sets the database, hosts, ports and
	 * the public URL, unless they are set by {@link #withEnv(String, String) environment
	 * variable}. A second call replaces the first.
	 * @param configuration the content of a {@code kratos.yml}
	 * @return this container
	 */
	public KratosContainer withConfiguration(String configuration) {
		this.configuration = configuration;
		return self();
	}

	/**
	 * Configures Kratos, as {@link #withConfiguration(String)} does.
	 * @param configuration a file such as {@code kratos.yml}
	 * @return this container
	 */
	public KratosContainer withConfiguration(MountableFile configuration) {
		return withConfiguration(read(configuration));
	}

	/**
	 * Uses a database server, usually in another container. Both need the same
	 * {@link #withNetwork network}, and this one must {@link #dependsOn depend on} the
	 * other. Before this container starts, another one of the same image creates the
	 * tables.
	 * @param dsn the data source name, such as
	 * {@code postgres://user:password@alias:5432/database?sslmode=disable}
	 * @return this container
	 * @throws IllegalArgumentException if it is a SQLite file, which another container
	 * cannot migrate
	 */
	public KratosContainer withDsn(String dsn) {
		if (dsn.startsWith("sqlite") && !isInMemory(dsn)) {
			throw new IllegalArgumentException("A SQLite file is not supported. Use a database server");
		}
		return withEnv(DSN, dsn);
	}

	/**
	 * Not supported, as Testcontainers would never find the container again: its public
	 * port differs each time.
	 * @throws UnsupportedOperationException if the container is to be reused
	 */
	@Override
	public KratosContainer withReuse(boolean reusable) {
		if (reusable) {
			throw new UnsupportedOperationException("A KratosContainer cannot be reused, as its public port differs "
					+ "each time. Share one between the tests of a JVM instead");
		}
		return super.withReuse(reusable);
	}

	/**
	 * The address of the admin API for this JVM.
	 * @return the URL, without a path
	 */
	public String getAdminUrl() {
		return url(getMappedPort(ADMIN_PORT));
	}

	/**
	 * The address of the public API for this JVM, and in the URLs that Kratos returns.
	 * @return the URL, without a path
	 */
	public String getPublicUrl() {
		return url(getMappedPort(PUBLIC_PORT));
	}

	/**
	 * The connection to this container, for a bean with the name of a client as its
	 * qualifier. Use it if the application has several clients, as
	 * {@code @ServiceConnection} connects only one: <pre class="code">
	 * &#064;Bean
	 * &#064;Qualifier("staff")
	 * KratosAdminConnectionDetails staffConnection(&#064;Qualifier("staffContainer") KratosContainer container) {
	 *     return container.getConnectionDetails();
	 * }
	 * </pre>
	 * @return the connection; its first use starts the container if it is not running
	 */
	public KratosAdminConnectionDetails getConnectionDetails() {
		return new KratosAdminConnectionDetails() {

			@Override
			public String getBaseUrl() {
				start();
				return getAdminUrl();
			}

			@Override
			public String getPublicUrl() {
				start();
				return KratosContainer.this.getPublicUrl();
			}

		};
	}

	private String url(int port) {
		return "http://" + getHost() + ":" + port;
	}

	@Override
	protected void configure() {
		if (this.publicPort == 0) {
			this.publicPort = freePort();
			addFixedExposedPort(this.publicPort, PUBLIC_PORT);
		}
		if (!getEnvMap().containsKey(PUBLIC_BASE_URL)) {
			addEnv(PUBLIC_BASE_URL, url(this.publicPort) + "/");
		}
		Map<String, String> urls = new LinkedHashMap<>();
		this.identitySchemas.forEach((id, schema) -> {
			String path = DIRECTORY + "identity-" + urls.size() + ".schema.json";
			withCopyToContainer(Transferable.of(schema), path);
			urls.put(id, "file://" + path);
		});
		withCopyToContainer(Transferable.of(new KratosConfiguration(this.version).toJson(urls)), DEFAULTS);
		if (this.configuration == null) {
			setCommand("serve", "--dev", "--config", DEFAULTS);
		}
		else {
			withCopyToContainer(Transferable.of(this.configuration), CONFIGURATION);
			setCommand("serve", "--dev", "--config", DEFAULTS, "--config", CONFIGURATION);
		}
	}

	@Override
	protected void doStart() {
		if (!isInMemory(getEnvMap().getOrDefault(DSN, IN_MEMORY))) {
			migrate();
		}
		super.doStart();
	}

	/**
	 * Whether Kratos migrates the database itself when it starts.
	 */
	private static boolean isInMemory(String dsn) {
		return dsn.equals("memory") || dsn.contains(":memory:") || dsn.contains("mode=memory");
	}

	private void migrate() {
		try (GenericContainer<?> migration = new GenericContainer<>(this.image)) {
			if (getNetwork() != null) {
				migration.withNetwork(getNetwork());
			}
			migration.withEnv(getEnvMap())
				.withCommand("migrate", "sql", "--read-from-env", "--yes")
				.withStartupCheckStrategy(new OneShotStartupCheckStrategy().withTimeout(TIMEOUT))
				.start();
		}
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("No port is free", ex);
		}
	}

	private static String defaultIdentitySchema() {
		try (InputStream schema = EmbeddedKratos.class.getResourceAsStream("default.schema.json")) {
			if (schema == null) {
				throw new IllegalStateException("The default identity schema is missing");
			}
			return new String(schema.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Reads a file instead of mounting it. Kratos is not root in its container, and could
	 * not read a file that only its owner can read.
	 */
	private static String read(MountableFile file) {
		try {
			return Files.readString(Path.of(file.getFilesystemPath()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
