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
 * Starts an {@link EmbeddedKratos} for the application of a {@code @SpringBootTest}, in
 * place of the Kratos that its properties or connection details name, and resets it
 * before each test. A test gets hold of it as a bean. An {@code EmbeddedKratos} bean of
 * the test's own takes its place.
 * <p>
 * Tests that share an application context share the server too: they must not run at the
 * same time.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration(EmbeddedKratosAutoConfiguration.class)
@PropertyMapping(EmbeddedKratosAutoConfiguration.PREFIX)
public @interface AutoConfigureEmbeddedKratos {

	/**
	 * The era of Kratos that the server speaks.
	 * @return the era
	 */
	KratosEra era() default KratosEra.V26;

}
