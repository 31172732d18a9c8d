package com.example.reactive;

import java.lang.management.ManagementFactory;
import java.util.Map;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.test.autoconfigure.AutoConfigureEmbeddedKratos;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * BlockHound lets a call that blocks an event loop fail.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureWebTestClient(timeout = "1m")
@AutoConfigureEmbeddedKratos
class BlockHoundTests {

	@Autowired
	private WebTestClient http;

	@Autowired
	private KratosAdmin kratos;

	@BeforeAll
	static void install() {
		assumeTrue(canChangeLoadedClasses(), "BlockHound needs -XX:+AllowRedefinitionToAddDeleteMethods");
		// BlockHound does not know that the sockets of channels block.
		BlockHound.builder()
			.loadIntegrations()
			.markAsBlocking("sun.nio.ch.SocketChannelImpl", "blockingRead", "([BIIJ)I")
			.install();
	}

	private static boolean canChangeLoadedClasses() {
		try {
			return Boolean.parseBoolean(ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
				.getVMOption("AllowRedefinitionToAddDeleteMethods")
				.getValue());
		}
		catch (IllegalArgumentException ex) {
			// Removed from this JVM.
			return false;
		}
	}

	@Test
	void callsOnThreadsThatMayBlockPass() {
		String id = createIdentity();
		this.http.get().uri("/accounts/{id}", id).exchange().expectStatus().isOk();
		this.http.get().uri("/accounts").exchange().expectStatus().isOk();
	}

	@Test
	void aCallOnAnEventLoopIsDetected() {
		this.http.get()
			.uri("/on-the-event-loop/{id}", createIdentity())
			.exchange()
			.expectStatus()
			.isEqualTo(HttpStatus.LOOP_DETECTED);
	}

	@Test
	void aCallOnAnotherThreadThatMustNotBlockIsDetected() {
		String id = createIdentity();
		Mono.fromCallable(() -> this.kratos.identities().getIdentity(id))
			.subscribeOn(Schedulers.parallel())
			.as(StepVerifier::create)
			.verifyError(BlockingOperationError.class);
	}

	private String createIdentity() {
		return this.kratos.identities()
			.createIdentity(CreateIdentity.builder().traits(Map.of("email", "alice@example.test")).build())
			.id();
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class EventLoop {

		@Bean
		RouterFunction<ServerResponse> onTheEventLoop(KratosAdmin kratos) {
			return RouterFunctions.route()
				.GET("/on-the-event-loop/{id}",
						(request) -> Mono
							.fromCallable(() -> kratos.identities().getIdentity(request.pathVariable("id")))
							.flatMap((identity) -> ServerResponse.ok().build())
							.onErrorResume(BlockingOperationError.class,
									(ex) -> ServerResponse.status(HttpStatus.LOOP_DETECTED).build()))
				.build();
		}

	}

}
