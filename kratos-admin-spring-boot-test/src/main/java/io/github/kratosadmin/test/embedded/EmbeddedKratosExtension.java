package io.github.kratosadmin.test.embedded;

import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * JUnit Jupiter extension that starts one {@link EmbeddedKratos} per test class, nested
 * classes included, {@linkplain EmbeddedKratos#reset() resets} it before each test, and
 * closes it after the last one. Tests of a class that run at the same time share it, and
 * are better off without this extension.
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
 * Registered by a static field, it also hands out its server by {@link #kratos()}, and
 * can be given a builder:
 *
 * <pre class="code">
 * &#064;RegisterExtension
 * static EmbeddedKratosExtension kratos = new EmbeddedKratosExtension(
 *         EmbeddedKratos.builder().schema("customer", CUSTOMER_SCHEMA));
 * </pre>
 */
public final class EmbeddedKratosExtension implements BeforeAllCallback, BeforeEachCallback, ParameterResolver {

	private final EmbeddedKratos.Builder builder;

	private final Namespace namespace = Namespace.create(EmbeddedKratosExtension.class, this);

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
	 * @param builder what starts the servers
	 */
	public EmbeddedKratosExtension(EmbeddedKratos.Builder builder) {
		this.builder = builder;
	}

	/**
	 * The server of the current test class.
	 * @return the server
	 * @throws IllegalStateException if no test class has begun
	 */
	public EmbeddedKratos kratos() {
		EmbeddedKratos kratos = this.current;
		if (kratos == null) {
			throw new IllegalStateException("No test class has begun");
		}
		return kratos;
	}

	@Override
	public void beforeAll(ExtensionContext context) {
		this.current = kratos(context);
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		EmbeddedKratos kratos = kratos(context);
		kratos.reset();
		this.current = kratos;
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == EmbeddedKratos.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		return kratos(context);
	}

	private EmbeddedKratos kratos(ExtensionContext context) {
		// In the store of the outermost test class, whose end closes it.
		return testClass(context).getStore(this.namespace)
			.computeIfAbsent(EmbeddedKratos.class, (key) -> this.builder.start(), EmbeddedKratos.class);
	}

	private static ExtensionContext testClass(ExtensionContext context) {
		ExtensionContext testClass = context;
		Optional<ExtensionContext> parent = context.getParent();
		while (parent.isPresent() && parent.get().getTestClass().isPresent()) {
			testClass = parent.get();
			parent = testClass.getParent();
		}
		return testClass;
	}

}
