package com.example.reactive;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.identity.Identity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Cancels calls of a server that never responds.
 */
@Timeout(60)
class CanceledCallTests {

	private final BlockingQueue<Throwable> dropped = new LinkedBlockingQueue<>();

	private final BlockingQueue<Thread> ended = new LinkedBlockingQueue<>();

	private ServerSocket server;

	private KratosAdmin kratos;

	@BeforeEach
	void start() throws Exception {
		this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		this.kratos = KratosAdmin.builder()
			.baseUrl("http://localhost:" + this.server.getLocalPort())
			.pathPrefix("")
			.build();
		Hooks.onErrorDropped(this.dropped::add);
	}

	@AfterEach
	void stop() throws Exception {
		Hooks.resetOnErrorDropped();
		this.kratos.close();
		this.server.close();
	}

	@Test
	void theFailureOfACanceledCallGoesToTheLog() throws Exception {
		cancel(Mono.fromCallable(this::call).subscribeOn(Schedulers.boundedElastic()));
		assertThat(this.dropped.poll(30, TimeUnit.SECONDS)).isInstanceOf(KratosUnavailableException.class)
			.hasMessageContaining("the thread was interrupted");
	}

	@Test
	void theFailureOfACallThatKnowsThatItIsCanceledDoesNot() throws Exception {
		cancel(Blocking.call(this::call));
		Thread thread = this.ended.poll(30, TimeUnit.SECONDS);
		assertThat(thread).isNotNull();
		while (thread.getState() != Thread.State.WAITING && thread.isAlive()) {
			// Until it waits for the next task.
			Thread.onSpinWait();
		}
		assertThat(this.dropped).isEmpty();
	}

	@Test
	void theFailureOfACallThatIsNotCanceledIsSignaled() throws Exception {
		this.server.close();
		StepVerifier.create(Blocking.call(this::call))
			.expectError(KratosUnavailableException.class)
			.verify(Duration.ofSeconds(30));
		assertThat(this.dropped).isEmpty();
	}

	private Identity call() {
		try {
			return this.kratos.identities().getIdentity("x");
		}
		finally {
			this.ended.add(Thread.currentThread());
		}
	}

	/**
	 * Cancels a call after its request was sent, and waits until its connection is
	 * closed.
	 */
	private void cancel(Mono<Identity> call) throws Exception {
		Disposable subscription = call.subscribe();
		try (Socket connection = this.server.accept()) {
			assertThat(connection.getInputStream().read()).isEqualTo('G');
			subscription.dispose();
			while (connection.getInputStream().read() != -1) {
				// The rest of the request.
			}
		}
	}

}
