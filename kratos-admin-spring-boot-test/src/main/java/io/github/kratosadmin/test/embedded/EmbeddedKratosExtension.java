package io.github.kratosadmin.test.embedded;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.kratosadmin.test.embedded.EmbeddedKratos.Snapshot;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * JUnit Jupiter extension that starts one {@link EmbeddedKratos} per test class, nested
 * classes included, and closes it after the last one. Before each test the server is
 * reset to its state after {@code @BeforeAll}, including the {@code @BeforeAll} of the
 * classes around a nested class. Tests of a class must not run at the same time: a test
 * that starts while another one runs fails with an {@link IllegalStateException}.
 *
 * <pre class="code">
 * &#064;ExtendWith(EmbeddedKratosExtension.class)
 * class CustomerServiceTests {
 *
 *     &#064;Test
 *     void createsIdentity(EmbeddedKratos kratos) {
 *         ...
 *     }
 *
 * }
 * </pre>
 *
 * Registered with a static field, the extension takes a builder, and returns its server
 * from {@link #kratos()}:
 *
 * <pre class="code">
 * &#064;RegisterExtension
 * static EmbeddedKratosExtension kratos = new EmbeddedKratosExtension(
 *         EmbeddedKratos.builder().schema("customer", CUSTOMER_SCHEMA));
 * </pre>
 */
public final class EmbeddedKratosExtension
		implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {

	private final EmbeddedKratos.Builder builder;

	private final Namespace namespace = Namespace.create(EmbeddedKratosExtension.class, this);

	/**
	 * The servers of the test classes that are running.
	 */
	private final Set<EmbeddedKratos> running = ConcurrentHashMap.newKeySet();

	private volatile @Nullable EmbeddedKratos current;

	/**
	 * Creates an extension whose servers have the defaults of
	 * {@link EmbeddedKratos#builder()}.
	 */
	public EmbeddedKratosExtension() {
		this(EmbeddedKratos.builder());
	}

	/**
	 * Creates an extension.
	 * @param builder the builder of the servers
	 */
	public EmbeddedKratosExtension(EmbeddedKratos.Builder builder) {
		this.builder = builder;
	}

	/**
	 * The server of the current test class.
	 * @return the server
	 * @throws IllegalStateException if no test class has begun, or if several test
	 * classes with this extension run at the same time; the parameter of a test is then
	 * still the server of its class
	 */
	public EmbeddedKratos kratos() {
		EmbeddedKratos kratos = this.current;
		if (kratos == null) {
			throw new IllegalStateException("No test class has begun");
		}
		if (this.running.size() > 1) {
			throw new IllegalStateException("Test classes that share this extension run at the same time, and each "
					+ "has its own EmbeddedKratos. Take it as a parameter, or run the classes one after the other, for "
					+ "example with @ResourceLock(\"EmbeddedKratos\") on each");
		}
		return kratos;
	}

	@Override
	public void beforeAll(ExtensionContext context) {
		TestedKratos tested = kratos(context);
		this.running.add(tested.kratos());
		this.current = tested.kratos();
		context.getParent().filter(EmbeddedKratosExtension::isTestClass).ifPresent(tested::restore);
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		TestedKratos tested = kratos(context);
		tested.begin(context);
		this.current = tested.kratos();
	}

	@Override
	public void afterEach(ExtensionContext context) {
		kratos(context).end(context);
	}

	@Override
	public void afterAll(ExtensionContext context) {
		if (context == testClass(context)) {
			this.running.remove(kratos(context).kratos());
		}
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == EmbeddedKratos.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		return kratos(context).kratos();
	}

	private TestedKratos kratos(ExtensionContext context) {
		// In the store of the outermost test class, which closes the server at its end.
		return testClass(context).getStore(this.namespace)
			.computeIfAbsent(TestedKratos.class, (key) -> new TestedKratos(this.builder.start()), TestedKratos.class);
	}

	private static ExtensionContext testClass(ExtensionContext context) {
		ExtensionContext testClass = context;
		Optional<ExtensionContext> parent = context.getParent();
		while (parent.isPresent() && isTestClass(parent.get())) {
			testClass = parent.get();
			parent = testClass.getParent();
		}
		return testClass;
	}

	private static boolean isTestClass(ExtensionContext context) {
		return context.getTestClass().isPresent();
	}

	/**
	 * The server of a test class and of those nested in it.
	 */
	private static final class TestedKratos implements AutoCloseable {

		private final EmbeddedKratos kratos;

		/**
		 * The snapshots after {@code @BeforeAll}, by test class.
		 */
		private final Map<Class<?>, Snapshot> snapshots = new HashMap<>();

		private @Nullable String test;

		TestedKratos(EmbeddedKratos kratos) {
			this.kratos = kratos;
		}

		EmbeddedKratos kratos() {
			return this.kratos;
		}

		synchronized void begin(ExtensionContext test) {
			if (this.test != null) {
				throw new IllegalStateException("Tests of " + test.getRequiredTestClass().getName()
						+ " run at the same time, and each resets the EmbeddedKratos that they share. Run them one "
						+ "after the other, for example with @Execution(ExecutionMode.SAME_THREAD), or start an "
						+ "EmbeddedKratos in each");
			}
			this.test = test.getUniqueId();
			restore(test);
		}

		synchronized void end(ExtensionContext test) {
			if (test.getUniqueId().equals(this.test)) {
				this.test = null;
			}
		}

		synchronized void restore(ExtensionContext testClass) {
			this.snapshots.computeIfAbsent(testClass.getRequiredTestClass(), (key) -> this.kratos.snapshot()).restore();
		}

		@Override
		public void close() {
			this.kratos.close();
		}

	}

}
