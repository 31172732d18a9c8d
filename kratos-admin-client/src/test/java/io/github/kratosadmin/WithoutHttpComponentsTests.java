package io.github.kratosadmin;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import io.github.kratosadmin.TestServer.Answer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The client on a class path without Apache HttpClient 5.
 */
class WithoutHttpComponentsTests {

	@Test
	void theClientSendsWithTheJdk() throws Exception {
		try (TestServer server = new TestServer(); URLClassLoader classLoader = withoutHttpComponents()) {
			server.answer(Answer.json("{\"version\":\"v0.6.3\"}"));
			Object version = classLoader.loadClass(Call.class.getName())
				.asSubclass(Callable.class)
				.getDeclaredConstructor(String.class)
				.newInstance(server.url())
				.call();
			assertThat(version).isEqualTo("v0.6.3");
			assertThat(server.request().header("User-Agent")).startsWith("Java-http-client/");
		}
	}

	@Test
	void withApacheHttpClientTheClientSendsWithIt() throws Exception {
		try (TestServer server = new TestServer()) {
			server.answer(Answer.json("{\"version\":\"v0.6.3\"}"));
			assertThat(new Call(server.url()).call()).isEqualTo("v0.6.3");
			assertThat(server.request().header("User-Agent")).startsWith("Apache-HttpClient/");
		}
	}

	@Test
	void apacheHttpClientIsMissing() throws Exception {
		try (URLClassLoader classLoader = withoutHttpComponents()) {
			assertThat(classLoader.loadClass(KratosAdmin.class.getName())).isNotSameAs(KratosAdmin.class);
			assertThatExceptionOfType(ClassNotFoundException.class)
				.isThrownBy(() -> classLoader.loadClass("org.apache.hc.client5.http.impl.classic.HttpClients"));
		}
	}

	private static URLClassLoader withoutHttpComponents() {
		URL[] urls = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !entry.contains("httpcomponents"))
			.map(WithoutHttpComponentsTests::url)
			.toArray(URL[]::new);
		return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
	}

	private static URL url(String entry) {
		try {
			return new File(entry).toURI().toURL();
		}
		catch (MalformedURLException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	public static class Call implements Callable<String> {

		private final String url;

		public Call(String url) {
			this.url = url;
		}

		@Override
		public String call() {
			try (KratosAdmin admin = KratosAdmin.builder().pathPrefix("").baseUrl(this.url).build()) {
				return admin.metadata().getVersion().version();
			}
		}

	}

}
