package io.github.kratosadmin.autoconfigure.oauth2;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.ref.Reference;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.autoconfigure.KratosAdminAutoConfiguration;
import io.github.kratosadmin.autoconfigure.KratosAdminClients;
import io.github.kratosadmin.autoconfigure.KratosAdminConnectionDetails;
import io.github.kratosadmin.autoconfigure.OAuth2BearerTokenProviders;
import io.github.kratosadmin.autoconfigure.health.KratosHealthContributorAutoConfiguration;
import io.github.kratosadmin.connection.BearerTokenProvider;
import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.health.KratosHealthIndicator;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.testing.StubKratos;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GeneratedFiles;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientAutoConfiguration;
import org.springframework.boot.security.oauth2.client.autoconfigure.reactive.ReactiveOAuth2ClientAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.AbstractApplicationContextRunner;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2ClientCredentialsGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ReactiveClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link KratosOAuth2AutoConfiguration}.
 */
@ExtendWith(OutputCaptureExtension.class)
class KratosOAuth2AutoConfigurationTests {

	private static final AutoConfigurations AUTO_CONFIGURATIONS = AutoConfigurations.of(
			KratosAdminAutoConfiguration.class, KratosOAuth2AutoConfiguration.class,
			KratosHealthContributorAutoConfiguration.class, OAuth2ClientAutoConfiguration.class,
			ReactiveOAuth2ClientAutoConfiguration.class);

	private static AuthorizationServer authorization;

	private final StubKratos kratos = new StubKratos();

	@BeforeAll
	static void start() {
		authorization = new AuthorizationServer();
	}

	@AfterAll
	static void stop() {
		authorization.close();
	}

	@AfterEach
	void stopKratos() {
		this.kratos.close();
	}

	static Stream<AbstractApplicationContextRunner<?, ?, ?>> applications() {
		return Stream.of(new ApplicationContextRunner(), new WebApplicationContextRunner(),
				new ReactiveWebApplicationContextRunner());
	}

	private <R extends AbstractApplicationContextRunner<R, ?, ?>> R configured(R runner) {
		return runner.withConfiguration(AUTO_CONFIGURATIONS)
			.withPropertyValues("kratos.admin.base-url=" + this.kratos.url(), "kratos.admin.path-prefix=")
			.withPropertyValues(authorization.registration());
	}

	private ApplicationContextRunner application() {
		return configured(new ApplicationContextRunner())
			.withPropertyValues("kratos.admin.oauth2.registration=gateway");
	}

	@ParameterizedTest
	@MethodSource("applications")
	@SuppressWarnings({ "unchecked", "rawtypes" })
	void aTokenIsRequestedOnceForServletReactiveAndOtherApplications(AbstractApplicationContextRunner runner) {
		int before = authorization.requests();
		configured(runner).withPropertyValues("kratos.admin.oauth2.registration=gateway").run((context) -> {
			assertThat(authorization.requests()).as("at startup").isEqualTo(before);
			KratosAdmin admin = ((ApplicationContext) context).getBean(KratosAdmin.class);
			admin.identities().getIdentity("1");
			admin.identities().getIdentity("1");
		});
		assertThat(authorization.requests()).isEqualTo(before + 1);
		assertThat(tokens()).hasSize(2).doesNotContainNull().containsOnly(tokens().get(0));
	}

	@Test
	void reactiveApplicationsHaveNoOtherRegistrations() {
		configured(new ReactiveWebApplicationContextRunner()).run((context) -> {
			assertThat(context).doesNotHaveBean(ClientRegistrationRepository.class)
				.hasSingleBean(ReactiveClientRegistrationRepository.class)
				.hasSingleBean(OAuth2BearerTokenProviders.class);
		});
	}

	@Test
	void registrationsMayBeABeanOfTheApplication() {
		ClientRegistration registration = ClientRegistration.withRegistrationId("own")
			.authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
			.clientId("accounts")
			.clientSecret(AuthorizationServer.SECRET)
			.tokenUri(authorization.tokenUri())
			.build();
		new ReactiveWebApplicationContextRunner().withConfiguration(AUTO_CONFIGURATIONS)
			.withBean(ClientRegistrationRepository.class, () -> new InMemoryClientRegistrationRepository(registration))
			.withPropertyValues("kratos.admin.base-url=" + this.kratos.url(), "kratos.admin.path-prefix=",
					"kratos.admin.oauth2.registration=own")
			.run((context) -> context.getBean(KratosAdmin.class).identities().getIdentity("1"));
		assertThat(this.kratos.onlyRequest().headers()).containsKey("Authorization");
	}

	@Test
	void otherApplicationsNeedNoReactor() {
		int before = authorization.requests();
		application().withClassLoader(new FilteredClassLoader("reactor.")).run((context) -> {
			assertThat(context).doesNotHaveBean(ReactiveClientRegistrationRepository.class);
			context.getBean(KratosAdmin.class).identities().getIdentity("1");
		});
		assertThat(authorization.requests()).isEqualTo(before + 1);
	}

	@Test
	void theTokenIsRequestedOnceForManyThreads() throws Exception {
		int before = authorization.requests();
		int calls = 20;
		ExecutorService threads = Executors.newFixedThreadPool(calls);
		application().run((context) -> {
			KratosAdmin admin = context.getBean(KratosAdmin.class);
			List<Future<?>> running = new ArrayList<>();
			for (int i = 0; i < calls; i++) {
				running.add(threads.submit(() -> admin.identities().getIdentity("1")));
			}
			for (Future<?> call : running) {
				call.get();
			}
		});
		threads.shutdown();
		assertThat(authorization.requests()).isEqualTo(before + 1);
		assertThat(tokens()).hasSize(calls).containsOnly(tokens().get(0));
	}

	@Test
	void clientsAndTheHealthCheckShareTheTokenOfARegistration() {
		int before = authorization.requests();
		application()
			.withPropertyValues("kratos.admin.clients.staff.base-url=" + this.kratos.url(),
					"kratos.admin.clients.staff.path-prefix=", "kratos.admin.clients.staff.oauth2.registration=gateway")
			.run((context) -> {
				context.getBean(KratosAdmin.class).identities().getIdentity("1");
				context.getBean(KratosAdminClients.class).getClient("staff").identities().getIdentity("1");
			});
		assertThat(authorization.requests()).isEqualTo(before + 1);
		assertThat(tokens()).hasSize(2).containsOnly(tokens().get(0));
	}

	@Test
	void aNamedClientDoesNotInheritTheRegistration() {
		application()
			.withPropertyValues("kratos.admin.clients.staff.base-url=" + this.kratos.url(),
					"kratos.admin.clients.staff.path-prefix=")
			.run((context) -> context.getBean(KratosAdminClients.class)
				.getClient("staff")
				.identities()
				.getIdentity("1"));
		assertThat(this.kratos.onlyRequest().headers()).doesNotContainKey("Authorization");
	}

	@Test
	void aRefusedTokenIsReplacedForARead() {
		int before = authorization.requests();
		application().run((context) -> {
			KratosAdmin admin = context.getBean(KratosAdmin.class);
			admin.identities().getIdentity("1");
			this.kratos.refuse(tokens().get(0));
			admin.identities().getIdentity("1");
		});
		assertThat(tokens()).hasSize(3);
		assertThat(tokens().get(1)).isEqualTo(tokens().get(0));
		assertThat(tokens().get(2)).isNotEqualTo(tokens().get(0));
		assertThat(authorization.requests()).isEqualTo(before + 2);
	}

	@Test
	void aTokenThatIsRefusedForManyThreadsIsReplacedOnce() throws Exception {
		int before = authorization.requests();
		int calls = 20;
		ExecutorService threads = Executors.newFixedThreadPool(calls);
		application().run((context) -> {
			KratosAdmin admin = context.getBean(KratosAdmin.class);
			admin.identities().getIdentity("1");
			this.kratos.refuse(tokens().get(0));
			List<Future<?>> running = new ArrayList<>();
			for (int i = 0; i < calls; i++) {
				running.add(threads.submit(() -> admin.identities().getIdentity("1")));
			}
			for (Future<?> call : running) {
				call.get();
			}
		});
		threads.shutdown();
		assertThat(authorization.requests()).isEqualTo(before + 2);
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "the HTTP client of Java cannot be closed before")
	void noThreadOfTheTokenRequestsRemainsAfterTheContext() {
		Set<Thread> before = httpClients();
		AtomicReference<OAuth2BearerTokenProviders> providers = new AtomicReference<>();
		application().run((context) -> {
			providers.set(context.getBean(OAuth2BearerTokenProviders.class));
			context.getBean(KratosAdmin.class).identities().getIdentity("1");
			assertThat(httpClients()).isNotEqualTo(before);
		});
		Awaitility.await().untilAsserted(() -> {
			// Spring Security creates another one, which is unused. The reference to the
			// providers keeps the one of the requests from being collected.
			System.gc();
			assertThat(before).containsAll(httpClients());
		});
		Reference.reachabilityFence(providers);
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "the HTTP client of Java cannot be closed before")
	void closingDoesNotWaitForARequestInProgress() throws Exception {
		TokenEndpoint endpoint = new TokenEndpoint(null);
		try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			CompletableFuture<OAuth2AccessToken> request = CompletableFuture
				.supplyAsync(() -> endpoint.requestToken("gateway",
						() -> ClientRegistration.withRegistrationId("gateway")
							.authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
							.clientId("accounts")
							.clientSecret("CANARY")
							.tokenUri("http://127.0.0.1:" + silent.getLocalPort())
							.build()));
			try (Socket connection = silent.accept()) {
				connection.getInputStream().read();
				endpoint.close();
				assertThat(Thread.currentThread().isInterrupted()).isFalse();
				assertThat(request).failsWithin(Duration.ofSeconds(20))
					.withThrowableThat()
					.withMessageContaining("The OAuth2 client registration 'gateway' got no token")
					.withMessageNotContaining("Timeout");
			}
		}
	}

	private static Set<Thread> httpClients() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("HttpClient-"))
			.collect(Collectors.toSet());
	}

	@Test
	void theBeansCanBeProcessedAheadOfTime() {
		InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();
		DefaultGenerationContext generation = new DefaultGenerationContext(
				new ClassNameGenerator(ClassName.get(KratosOAuth2AutoConfigurationTests.class)), files);
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			TestPropertyValues.of(authorization.registration())
				.and("kratos.admin.oauth2.registration=gateway")
				.applyTo(context);
			context.register(Application.class);
			new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
			generation.writeGeneratedContent();
		}
		assertThat(files.getGeneratedFiles(GeneratedFiles.Kind.SOURCE).keySet())
			.anyMatch((file) -> file.startsWith("io/github/kratosadmin/autoconfigure/oauth2/"));
	}

	@Test
	void aConnectionDetailsBeanReplacesTheRegistration() {
		application()
			.withBean(KratosAdminConnectionDetails.class, () -> (KratosAdminConnectionDetails) this.kratos::url)
			.run((context) -> context.getBean(KratosAdmin.class).metadata().getVersion());
		assertThat(this.kratos.requests()).isNotEmpty()
			.allSatisfy((request) -> assertThat(request.headers()).doesNotContainKey("Authorization"));
	}

	@Test
	void withoutTheOauth2ClientNothingIsAdded() {
		configured(new ApplicationContextRunner())
			.withClassLoader(new FilteredClassLoader("org.springframework.security"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(OAuth2BearerTokenProviders.class));
	}

	@Test
	void withoutRegistrationsNothingIsAdded() {
		new ApplicationContextRunner().withConfiguration(AUTO_CONFIGURATIONS)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(OAuth2BearerTokenProviders.class));
	}

	@Test
	void aBeanOfTheApplicationReplacesTheProviders() {
		application()
			.withBean(OAuth2BearerTokenProviders.class,
					() -> (OAuth2BearerTokenProviders) (id) -> (BearerTokenProvider) () -> "own-" + id)
			.run((context) -> {
				assertThat(context).hasSingleBean(OAuth2BearerTokenProviders.class);
				context.getBean(KratosAdmin.class).metadata().getVersion();
			});
		assertThat(tokens()).containsOnly("own-gateway");
	}

	// Failures at startup

	@Test
	void anUnknownRegistrationIsRefused() {
		assertRefused(application().withPropertyValues("kratos.admin.oauth2.registration=gatewai"),
				"There is no OAuth2 client registration 'gatewai': the application has 'gateway'");
	}

	@Test
	void anUnknownRegistrationOfANamedClientIsRefused() {
		assertRefused(
				application().withPropertyValues("kratos.admin.clients.staff.base-url=" + this.kratos.url(),
						"kratos.admin.clients.staff.oauth2.registration=gatewai"),
				"'kratos.admin.clients.staff.oauth2.registration': There is no OAuth2 client registration 'gatewai'");
	}

	@Test
	void aRegistrationOfAReactiveApplicationIsRefusedTheSameWay() {
		configured(new ReactiveWebApplicationContextRunner())
			.withPropertyValues("kratos.admin.oauth2.registration=gatewai")
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.hasMessage("There is no OAuth2 client registration 'gatewai': the application has 'gateway'"));
	}

	@Test
	void aRegistrationWithAnotherGrantTypeIsRefused() {
		String login = "spring.security.oauth2.client.registration.login.";
		assertRefused(
				application().withPropertyValues("kratos.admin.oauth2.registration=login", login + "client-id=accounts",
						login + "client-secret=CANARY", login + "provider=gateway",
						login + "authorization-grant-type=authorization_code", login + "redirect-uri={baseUrl}/x",
						"spring.security.oauth2.client.provider.gateway.authorization-uri=http://localhost/authorize"),
				"The OAuth2 client registration 'login' must have the grant type 'client_credentials', as there is "
						+ "no user, but has 'authorization_code'");
	}

	@Test
	void anUnsupportedClientAuthenticationIsRefused() {
		assertRefused(application().withPropertyValues(
				"spring.security.oauth2.client.registration.gateway.client-authentication-method=private_key_jwt"),
				"has the client authentication method 'private_key_jwt', which requires a bean of the type");
	}

	@Test
	void aRegistrationWithoutTheOauth2ClientIsRefused() {
		assertRefused(application().withClassLoader(new FilteredClassLoader("org.springframework.security")),
				"The application has no OAuth2 client registrations: it has neither properties");
	}

	@Test
	void aRegistrationAndABearerTokenAreRefused() {
		assertRefused(application().withPropertyValues("kratos.admin.bearer-token=CANARY"),
				"There is also a bearer token. Remove one of both");
	}

	@Test
	void aRegistrationAndAProviderAreRefused() {
		assertRefused(application().withBean(BearerTokenProvider.class, () -> (BearerTokenProvider) () -> "CANARY"),
				"There is also a BearerTokenProvider bean for the client");
	}

	@Test
	void theFailureAnalysisSaysWhatToWrite(CapturedOutput output) {
		SpringApplication application = new SpringApplication(Application.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		String[] properties = Stream
			.concat(Stream.of("kratos.admin.oauth2.registration=gatewai"), Stream.of(authorization.registration()))
			.map((property) -> "--" + property)
			.toArray(String[]::new);
		assertThatException().isThrownBy(() -> application.run(properties));
		assertThat(output)
			.contains("Failed to configure the Kratos admin client with the property "
					+ "'kratos.admin.oauth2.registration':")
			.contains("Origin of 'kratos.admin.oauth2.registration': ")
			.contains("""
					Correct the property 'kratos.admin.oauth2.registration', for example:

					    kratos.admin.oauth2.registration=kratos
					    spring.security.oauth2.client.registration.kratos.authorization-grant-type=client_credentials
					""")
			.doesNotContain("CANARY");
	}

	private static void assertRefused(ApplicationContextRunner application, String message) {
		application.run((context) -> {
			assertThat(context).hasFailed();
			assertThat(print(context.getStartupFailure())).contains("oauth2.registration'")
				.contains(message)
				.doesNotContain("CANARY");
		});
	}

	// The client for the token endpoint

	@Test
	void theClientOfTheApplicationRequestsTheTokens() {
		application()
			.withPropertyValues(
					"spring.security.oauth2.client.registration.gateway.client-authentication-method=private_key_jwt")
			.withUserConfiguration(OwnClient.class)
			.run((context) -> context.getBean(KratosAdmin.class).identities().getIdentity("1"));
		assertThat(tokens()).containsExactly("own-token");
	}

	@Test
	void severalClientsOfAnApplicationWithoutARegistrationForKratosDoNotMatter() {
		configured(new ApplicationContextRunner()).withUserConfiguration(OwnClient.class, OtherClient.class)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	// Failures of the token endpoint

	@Test
	void aRefusedClientFailsTheCallBeforeItIsSent(CapturedOutput output) {
		assertNotSent(
				application().withPropertyValues(
						"spring.security.oauth2.client.registration.gateway.client-secret=CANARY-wrong"),
				"The OAuth2 client registration 'gateway' got no token: the token endpoint responded with status 401");
		assertThat(output).doesNotContain("CANARY");
	}

	@Test
	void aRefusedScopeFailsTheCallWithTheErrorOfTheTokenEndpoint() {
		assertNotSent(application().withPropertyValues("spring.security.oauth2.client.registration.gateway.scope=all"),
				"The OAuth2 client registration 'gateway' got no token: the token endpoint responded with the error "
						+ "invalid_scope");
	}

	@Test
	void anUnreachableTokenEndpointFailsTheCallBeforeItIsSent() {
		assertNotSent(tokenUri("http://127.0.0.1:1/oauth2/token"),
				"The OAuth2 client registration 'gateway' got no token: java.net.ConnectException");
	}

	@Test
	void aResponseThatIsNoTokenFailsTheCallWithoutShowingIt(CapturedOutput output) {
		this.kratos.respond("/oauth2/token", 200, "CANARY-token");
		assertNotSent(tokenUri(this.kratos.url() + "/oauth2/token"),
				"The OAuth2 client registration 'gateway' got no token: ");
		assertThat(output).doesNotContain("CANARY");
	}

	@Test
	void anErrorOfTheTokenEndpointFailsTheCallWithoutShowingIt(CapturedOutput output) {
		this.kratos.respond("/oauth2/token", 400,
				"{\"error\":\"CANARY-code\",\"error_description\":\"CANARY-description\"}");
		assertNotSent(tokenUri(this.kratos.url() + "/oauth2/token"),
				"The OAuth2 client registration 'gateway' got no token: the token endpoint responded with an error");
		assertThat(output).doesNotContain("CANARY");
	}

	@Test
	void aTokenEndpointThatDoesNotExistFailsTheCall() {
		assertNotSent(tokenUri(this.kratos.url() + "/unknown"),
				"The OAuth2 client registration 'gateway' got no token: the token endpoint responded with status 404");
	}

	@Test
	void aTokenEndpointThatDoesNotRespondEndsTheCallAtItsTimeout() {
		this.kratos.neverRespond("/oauth2/token");
		assertNotSent(
				tokenUri(this.kratos.url() + "/oauth2/token").withPropertyValues("kratos.admin.call-timeout=300ms"),
				"the call was not over after PT0.3S");
	}

	@Test
	void theHealthCheckShowsNoSecrets() {
		application()
			.withPropertyValues("spring.security.oauth2.client.registration.gateway.client-secret=CANARY-wrong")
			.run((context) -> assertThat(context.getBean(KratosHealthIndicator.class).health().toString())
				.contains("DOWN")
				.doesNotContain("CANARY"));
	}

	private ApplicationContextRunner tokenUri(String uri) {
		return application().withPropertyValues("spring.security.oauth2.client.provider.gateway.token-uri=" + uri);
	}

	private void assertNotSent(ApplicationContextRunner application, String message) {
		Consumer<KratosAdmin> create = (admin) -> admin.identities()
			.createIdentity(CreateIdentity.builder().traits(Map.of()).build());
		application.run((context) -> {
			KratosAdmin admin = context.getBean(KratosAdmin.class);
			KratosUnavailableException failure = catchThrowableOfType(KratosUnavailableException.class,
					() -> create.accept(admin));
			assertThat(failure.isRequestSent()).isFalse();
			assertThat(failure).hasMessageContaining(message);
			assertThat(print(failure)).doesNotContain("CANARY");
		});
		assertThat(this.kratos.requests()).extracting(StubKratos.Request::path).doesNotContain("/identities");
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ KratosAdminAutoConfiguration.class, KratosOAuth2AutoConfiguration.class,
			OAuth2ClientAutoConfiguration.class })
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnClient {

		@Bean
		OAuth2AccessTokenResponseClient<OAuth2ClientCredentialsGrantRequest> ownClient() {
			return (request) -> OAuth2AccessTokenResponse.withToken("own-token")
				.tokenType(OAuth2AccessToken.TokenType.BEARER)
				.expiresIn(60)
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OtherClient {

		@Bean
		OAuth2AccessTokenResponseClient<OAuth2ClientCredentialsGrantRequest> otherClient() {
			return (request) -> {
				throw new IllegalStateException();
			};
		}

	}

	private static String print(Throwable failure) {
		StringWriter printed = new StringWriter();
		failure.printStackTrace(new PrintWriter(printed));
		return printed.toString();
	}

	private List<String> tokens() {
		return this.kratos.requests()
			.stream()
			.map((request) -> request.headers().getFirst("Authorization"))
			.map((authorization) -> (authorization != null) ? authorization.replace("Bearer ", "") : null)
			.toList();
	}

}
