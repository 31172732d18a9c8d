package io.github.kratosadmin.test.container;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.autoconfigure.KratosAdminConnectionDetails;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetailsFactories;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for an application without Testcontainers and Docker Compose on the class path.
 * The connection details factories must not prevent its start.
 */
class WithoutContainersTests {

	@Test
	void startsApplication() throws Exception {
		Thread thread = Thread.currentThread();
		ClassLoader before = thread.getContextClassLoader();
		try (URLClassLoader classLoader = withoutContainers()) {
			thread.setContextClassLoader(classLoader);
			Object baseUrl = classLoader.loadClass(Application.class.getName())
				.asSubclass(Callable.class)
				.getDeclaredConstructor()
				.newInstance()
				.call();
			assertThat(baseUrl).isEqualTo("http://localhost:4434");
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}

	@Test
	void testcontainersAndDockerComposeAreMissing() throws Exception {
		try (URLClassLoader classLoader = withoutContainers()) {
			assertThat(classLoader.loadClass(KratosAdmin.class.getName())).isNotSameAs(KratosAdmin.class);
			assertThatExceptionOfType(ClassNotFoundException.class)
				.isThrownBy(() -> classLoader.loadClass("org.testcontainers.containers.GenericContainer"));
			assertThatExceptionOfType(NoClassDefFoundError.class)
				.isThrownBy(() -> classLoader.loadClass(KratosContainer.class.getName()));
			assertThatExceptionOfType(ClassNotFoundException.class)
				.isThrownBy(() -> classLoader.loadClass("org.springframework.boot.docker.compose.core.RunningService"));
		}
	}

	private static URLClassLoader withoutContainers() {
		URL[] urls = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !entry.contains("testcontainers") && !entry.contains("docker"))
			.map(WithoutContainersTests::url)
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

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	public static class Application implements Callable<String> {

		@Override
		public String call() {
			new ConnectionDetailsFactories(getClass().getClassLoader());
			try (ConfigurableApplicationContext context = SpringApplication.run(getClass())) {
				context.getBean(KratosAdmin.class);
				return context.getBean(KratosAdminConnectionDetails.class).getBaseUrl();
			}
		}

	}

}
