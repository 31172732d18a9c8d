package io.github.kratosadmin.autoconfigure;

import java.util.concurrent.atomic.AtomicReference;

import io.github.kratosadmin.KratosAdmin;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/**
 * Application that calls Kratos. It is started like {@link HostApplication}.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class CallingApplication {

	/**
	 * Starts the application and calls Kratos.
	 * @param properties its properties
	 * @return the version of Kratos
	 */
	public static String start(String[] properties) {
		AtomicReference<String> version = new AtomicReference<>();
		new WebApplicationContextRunner().withUserConfiguration(CallingApplication.class)
			.withPropertyValues(properties)
			.run((context) -> version.set(context.getBean(KratosAdmin.class).metadata().getVersion().version()));
		return version.get();
	}

}
