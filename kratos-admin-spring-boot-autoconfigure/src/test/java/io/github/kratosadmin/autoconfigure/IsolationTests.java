package io.github.kratosadmin.autoconfigure;

import feign.RequestInterceptor;
import feign.Response;
import feign.codec.ErrorDecoder;
import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.testing.StubKratos;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that the Kratos client and the Feign clients of an application do not affect each
 * other. The Feign clients are configured in every way that Spring Cloud OpenFeign
 * supports.
 */
class IsolationTests {

	private final StubKratos kratos = new StubKratos();

	private final StubKratos shop = new StubKratos();

	private ConfigurableApplicationContext context;

	@BeforeEach
	void start() {
		this.shop.respond("/orders", 200, "{\"OrderId\":\"4711\"}");
		this.context = new SpringApplication(ShopApplication.class).run("--server.port=0",
				"--shop.url=" + this.shop.url(), "--kratos.admin.base-url=" + this.kratos.url(),
				"--kratos.admin.path-prefix=", "--kratos.admin.bearer-token=kratos-token",
				"--kratos.admin.headers.X-Kratos=kratos-header", "--kratos.admin.read-timeout=5s",
				"--spring.cloud.openfeign.client.config.default.default-request-headers.X-Default=user-default",
				"--spring.cloud.openfeign.client.config.default.default-query-parameters.user=default",
				"--spring.cloud.openfeign.client.config.default.request-interceptors="
						+ PropertyInterceptor.class.getName(),
				"--spring.cloud.openfeign.client.config.default.error-decoder=" + ShopErrorDecoder.class.getName(),
				"--spring.cloud.openfeign.client.config.default.read-timeout=1",
				"--spring.cloud.openfeign.client.config.default.dismiss404=true",
				"--spring.cloud.openfeign.client.config.shop.read-timeout=5000",
				"--spring.cloud.openfeign.client.config.shop.dismiss404=false",
				"--spring.jackson.property-naming-strategy=UPPER_CAMEL_CASE",
				"--spring.jackson.deserialization.fail-on-unknown-properties=true");
	}

	@AfterEach
	void stop() {
		this.context.close();
		this.kratos.close();
		this.shop.close();
	}

	@Test
	void feignConfigurationOfTheApplicationDoesNotAffectKratosRequests() {
		Identity identity = this.context.getBean(KratosAdmin.class).identities().getIdentity("1");
		assertThat(identity.id()).isEqualTo("1");
		assertThat(identity.createdAt()).isNotNull();
		StubKratos.Request request = this.kratos.onlyRequest();
		assertThat(request.path()).isEqualTo("/identities/1");
		assertThat(request.headers().getFirst("Authorization")).isEqualTo("Bearer kratos-token");
		assertThat(request.headers().toString()).doesNotContain("user-");
	}

	@Test
	void errorDecoderAndDismiss404OfTheApplicationDoNotAffectKratosErrors() {
		assertThatExceptionOfType(KratosNotFoundException.class)
			.isThrownBy(() -> this.context.getBean(KratosAdmin.class).identities().getIdentity("2"));
	}

	@Test
	void kratosConfigurationDoesNotAffectFeignClientsOfTheApplication() {
		assertThat(this.context.getBean(ShopClient.class).order().orderId()).isEqualTo("4711");
		StubKratos.Request request = this.shop.onlyRequest();
		assertThat(request.path()).isEqualTo("/orders?user=default");
		assertThat(request.headers().getFirst("Authorization")).isEqualTo("user-token");
		assertThat(request.headers().getFirst("X-Property")).isEqualTo("user-property");
		assertThat(request.headers().getFirst("X-Default")).isEqualTo("user-default");
		assertThat(request.headers().toString()).doesNotContain("kratos-");
	}

	@Test
	void feignClientsOfTheApplicationKeepTheirErrorDecoder() {
		this.shop.respond("/orders", 404, "{}");
		assertThatExceptionOfType(ShopException.class).isThrownBy(() -> this.context.getBean(ShopClient.class).order());
	}

	@Test
	void addsNoFeignBeansToTheApplication() {
		assertThat(this.context.getBeanNamesForAnnotation(FeignClient.class)).hasSize(1);
		assertThat(this.context.getBeanNamesForType(feign.Client.class)).isEmpty();
		assertThat(this.context.getBeanNamesForType(RequestInterceptor.class)).containsExactly("userToken");
		assertThat(this.context.getBeanNamesForType(ErrorDecoder.class)).containsExactly("errorDecoder");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableFeignClients(clients = ShopClient.class)
	static class ShopApplication {

		@Bean
		RequestInterceptor userToken() {
			return (template) -> template.header("Authorization", "user-token");
		}

		@Bean
		ErrorDecoder errorDecoder() {
			return new ShopErrorDecoder();
		}

	}

	@FeignClient(name = "shop", url = "${shop.url}")
	interface ShopClient {

		@GetMapping("/orders")
		Order order();

	}

	record Order(String orderId) {

	}

	static class PropertyInterceptor implements RequestInterceptor {

		@Override
		public void apply(feign.RequestTemplate template) {
			template.header("X-Property", "user-property");
		}

	}

	static class ShopErrorDecoder implements ErrorDecoder {

		@Override
		public Exception decode(String methodKey, Response response) {
			return new ShopException();
		}

	}

	static class ShopException extends RuntimeException {

	}

}
