package io.github.kratosadmin.internal.operation;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.ImportIdentities;
import io.github.kratosadmin.identity.ListIdentities;
import io.github.kratosadmin.observation.KratosAdminObservationContext;
import io.github.kratosadmin.testing.TestServer;
import io.github.kratosadmin.testing.TestServer.StubResponse;
import io.micrometer.context.ContextRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CallerContextTests {

	private static final String USER = "user";

	@AfterEach
	void forgetTheUser() {
		ContextRegistry.getInstance().removeThreadLocalAccessor(USER);
		HandOver.user.remove();
	}

	@Test
	void readAheadAndImportHaveTheParentAndTheThreadLocalsOfTheCaller() throws Exception {
		ContextRegistry.getInstance().registerThreadLocalAccessor(USER, HandOver.user);
		assertThat(new HandOver().call()).containsExactly("listIdentities: parent caller, user alice",
				"batchPatchIdentities: parent caller, user alice");
	}

	@Test
	void threadsOfAnExecutorHaveThemToo() {
		ContextRegistry.getInstance().registerThreadLocalAccessor(USER, HandOver.user);
		Executor oneAfterAnother = (task) -> {
			Thread thread = new Thread(task);
			thread.start();
			try {
				thread.join();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		};
		assertThat(new HandOver().call(oneAfterAnother)).containsExactly("listIdentities: parent caller, user alice",
				"batchPatchIdentities: parent caller, user alice");
	}

	@Test
	void theParentIsHandedOverWithoutTheLibraryForThreadLocals() throws Exception {
		URL[] urls = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !entry.contains("context-propagation"))
			.map(CallerContextTests::url)
			.toArray(URL[]::new);
		try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
			Callable<?> handOver = (Callable<?>) loader.loadClass(HandOver.class.getName())
				.getDeclaredConstructor()
				.newInstance();
			assertThat(handOver.call()).isEqualTo(List.of("listIdentities: parent caller, user null",
					"batchPatchIdentities: parent caller, user null"));
		}
	}

	@Test
	void aTaskThatRunsInTheThreadOfTheCallerLeavesItsThreadLocals() throws Exception {
		ContextRegistry.getInstance().registerThreadLocalAccessor(USER, HandOver.user);
		ObservationRegistry registry = ObservationRegistry.create();
		CallerContext context = new CallerContext(() -> "token", true, registry, null);
		HandOver.user.set("alice");
		Callable<String> inner = context.handOver(() -> HandOver.user.get() + " " + context.token());
		HandOver.user.set("bob");
		Callable<String> outer = context.handOver(() -> inner.call() + ", " + HandOver.user.get());
		HandOver.user.set("carol");
		assertThat(outer.call()).isEqualTo("alice token, bob");
		assertThat(HandOver.user.get()).isEqualTo("carol");
	}

	private static URL url(String entry) {
		try {
			return Path.of(entry).toUri().toURL();
		}
		catch (java.net.MalformedURLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Reads ahead and imports, and returns what the calls on threads of the client have.
	 */
	public static final class HandOver implements Callable<List<String>> {

		static final ThreadLocal<String> user = new ThreadLocal<>();

		private final List<String> handedOver = Collections.synchronizedList(new ArrayList<>());

		private final Thread caller = Thread.currentThread();

		@Override
		public List<String> call() {
			return call(null);
		}

		List<String> call(Executor executor) {
			ObservationRegistry registry = ObservationRegistry.create();
			registry.observationConfig().observationHandler(new Starts());
			user.set("alice");
			try (TestServer server = server();
					KratosAdmin admin = KratosAdmin.builder()
						.baseUrl(server.url())
						.pathPrefix("")
						.observationRegistry(registry)
						.executor(executor)
						.build()) {
				Observation.createNotStarted("caller", registry).observe(() -> {
					try (Stream<?> pages = admin.identities().streamIdentitiesAhead(ListIdentities.builder().build())) {
						assertThat(pages).hasSize(2);
					}
					admin.importIdentities(Stream.of(CreateIdentity.builder().traits(Map.of()).build()),
							ImportIdentities.builder().build(), (result) -> {
							});
				});
			}
			return this.handedOver;
		}

		private static TestServer server() {
			return new TestServer()
				.respond(
						StubResponse.json("[{\"id\":\"1\"}]")
							.header("Link", "</admin/identities?page_token=next>; rel=\"next\""),
						StubResponse.json("[{\"id\":\"2\"}]").header("Link", "<x>"))
				.otherwise((request) -> StubResponse.json("{\"identities\":[]}"));
		}

		private final class Starts implements ObservationHandler<KratosAdminObservationContext> {

			@Override
			public void onStart(KratosAdminObservationContext context) {
				if (Thread.currentThread() != HandOver.this.caller) {
					HandOver.this.handedOver.add(context.getOperation() + ": parent "
							+ context.getParentObservation().getContextView().getName() + ", user " + user.get());
				}
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return context instanceof KratosAdminObservationContext;
			}

		}

	}

}
