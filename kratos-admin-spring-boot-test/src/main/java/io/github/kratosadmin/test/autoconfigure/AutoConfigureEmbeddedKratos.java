package io.github.kratosadmin.test.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import io.github.kratosadmin.test.embedded.KratosEra;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.PropertyMapping;

/**
 * Starts an {@link EmbeddedKratos} for the application of a {@code @SpringBootTest} or of
 * a slice such as {@code @WebMvcTest}, and configures the client for it. It replaces the
 * Kratos of the properties or connection details. The server is a bean, which a test can
 * inject. An {@code EmbeddedKratos} bean of the test replaces it.
 * <p>
 * Before each test the server is reset to its state after the start of the application
 * and {@code @BeforeAll}, including the {@code @BeforeAll} of the classes around a
 * {@code @Nested} class.
 * <p>
 * Tests that share an application context share the server too. If they run at the same
 * time, they fail with an {@link IllegalStateException}. Run them one after the other, or
 * give them their own contexts.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
@PropertyMapping(EmbeddedKratosAutoConfiguration.PREFIX)
public @interface AutoConfigureEmbeddedKratos {

	/**
	 * The era of Kratos that the server imitates.
	 * @return the era
	 */
	KratosEra era() default KratosEra.V26;

}
