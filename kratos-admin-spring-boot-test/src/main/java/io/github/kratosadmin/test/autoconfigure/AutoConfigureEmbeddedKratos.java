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
 * Kratos of the properties or connection details, and their bearer token or OAuth2
 * registration. The server is a bean, which a test can inject. An {@code EmbeddedKratos}
 * bean of the test replaces it.
 * <p>
 * Each client below {@code kratos.admin.clients} has a server of its own. Its bean has
 * the name of the client as its qualifier. Like the client, it is not injected without
 * this qualifier: {@code @Autowired @Qualifier("staff") EmbeddedKratos}. A bean of the
 * test with this qualifier replaces it.
 * <p>
 * A {@code KratosAdmin} bean of the application also calls the server if it is built from
 * an injected {@code KratosAdminBuilder} without another base URL. Otherwise it keeps its
 * address. If it is neither {@code @Primary} nor {@code defaultCandidate = false}, the
 * application does not start, as the bean could call a real server.
 * <p>
 * Before each test the servers are reset to their state after the start of the
 * application and {@code @BeforeAll}, including the {@code @BeforeAll} of the classes
 * around a {@code @Nested} class.
 * <p>
 * Tests that share an application context share the servers too. If they run at the same
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
	 * The era of Kratos that the servers imitate.
	 * @return the era
	 */
	KratosEra era() default KratosEra.V26;

}
