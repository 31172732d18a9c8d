package io.github.kratosadmin.internal.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

import org.springframework.core.io.ClassPathResource;

/**
 * The default {@code User-Agent}: the name of this project and its version.
 */
final class UserAgent {

	/** Written by the build. A manifest is not available in every kind of application. */
	static final ClassPathResource VERSION = new ClassPathResource("version.properties", UserAgent.class);

	private static final String PRODUCT = "kratos-admin-spring-boot";

	private UserAgent() {
	}

	static String withVersion() {
		Properties properties = new Properties();
		try (InputStream in = VERSION.getInputStream()) {
			properties.load(in);
		}
		catch (IOException ex) {
			// A missing file must not prevent a call.
			return PRODUCT;
		}
		return PRODUCT + "/" + properties.getProperty("version");
	}

}
