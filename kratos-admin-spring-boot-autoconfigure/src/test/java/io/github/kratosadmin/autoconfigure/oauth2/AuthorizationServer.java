package io.github.kratosadmin.autoconfigure.oauth2;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.OAuth2TokenFormat;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.web.SecurityFilterChain;

/**
 * An authorization server of Spring Security in this JVM. The only client is
 * {@code accounts} with the secret {@value #SECRET}.
 */
final class AuthorizationServer implements AutoCloseable {

	static final String SECRET = "CANARY-client-secret";

	private final ServletWebServerApplicationContext context;

	AuthorizationServer() {
		SpringApplication application = new SpringApplication(ServerConfiguration.class);
		application.setDefaultProperties(Map.of("spring.main.banner-mode", "off"));
		this.context = (ServletWebServerApplicationContext) application.run();
	}

	String tokenUri() {
		return "http://127.0.0.1:" + this.context.getWebServer().getPort() + "/oauth2/token";
	}

	/**
	 * The properties of the client registration {@code gateway} for this server.
	 */
	String[] registration() {
		String registration = "spring.security.oauth2.client.registration.gateway.";
		return new String[] { registration + "client-id=accounts", registration + "client-secret=" + SECRET,
				registration + "authorization-grant-type=client_credentials", registration + "scope=kratos.admin",
				"spring.security.oauth2.client.provider.gateway.token-uri=" + tokenUri() };
	}

	/**
	 * The number of requests for tokens.
	 */
	int requests() {
		return this.context.getBean(AtomicInteger.class).get();
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSecurity
	static class ServerConfiguration {

		@Bean
		TomcatServletWebServerFactory webServer() {
			return new TomcatServletWebServerFactory(0);
		}

		/**
		 * Without a servlet, Tomcat does not call the filters.
		 */
		@Bean
		ServletRegistrationBean<HttpServlet> servlet() {
			return new ServletRegistrationBean<>(new HttpServlet() {
			}, "/");
		}

		@Bean
		AtomicInteger requests() {
			return new AtomicInteger();
		}

		@Bean
		FilterRegistrationBean<Filter> countingFilter(AtomicInteger requests) {
			FilterRegistrationBean<Filter> filter = new FilterRegistrationBean<>((request, response, chain) -> {
				requests.incrementAndGet();
				chain.doFilter(request, response);
			});
			filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
			return filter;
		}

		@Bean
		SecurityFilterChain authorizationServer(HttpSecurity http) throws Exception {
			return http.oauth2AuthorizationServer(Customizer.withDefaults()).build();
		}

		@Bean
		AuthorizationServerSettings settings() {
			return AuthorizationServerSettings.builder().build();
		}

		@Bean
		InMemoryRegisteredClientRepository clients() {
			return new InMemoryRegisteredClientRepository(RegisteredClient.withId("accounts")
				.clientId("accounts")
				.clientSecret("{noop}" + SECRET)
				.clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
				.authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
				.scope("kratos.admin")
				.tokenSettings(TokenSettings.builder()
					.accessTokenFormat(OAuth2TokenFormat.REFERENCE)
					.accessTokenTimeToLive(Duration.ofMinutes(30))
					.build())
				.build());
		}

	}

}
