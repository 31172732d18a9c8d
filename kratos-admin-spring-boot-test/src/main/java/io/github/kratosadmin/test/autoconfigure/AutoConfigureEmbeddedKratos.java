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
 * a slice such as {@code @WebMvcTest}, in place of the Kratos that its properties or
 * connection details name, and configures the client for it. A test gets hold of the
 * server as a bean. An {@code EmbeddedKratos} bean of the test's own takes its place.
 * <p>
 * Each test finds the server as the application left it when it had started, with what
 * {@code @BeforeAll} added, that of the classes around a {@code @Nested} one included.
 * <p>
 * Tests that share an application context share the server too. If they run at the same
 * time, those that find others at work fail with an {@link IllegalStateException} that
 * says so: let them run one after the other, or give them contexts of their own.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
@PropertyMapping(EmbeddedKratosAutoConfiguration.PREFIX)
public @interface AutoConfigureEmbeddedKratos {

	/**
	 * The era of Kratos that the server speaks.
	 * @return the era
	 */
	KratosEra era() default KratosEra.V26;

}
