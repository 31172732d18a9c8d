package io.github.kratosadmin.test.autoconfigure;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import io.github.kratosadmin.test.embedded.EmbeddedKratos.Snapshot;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.util.ClassUtils;

/**
 * The servers of an application context, which all test classes with that context share.
 * Each test begins with its state after {@code @BeforeAll}, and each test class with its
 * state after the start of the application.
 */
class SharedEmbeddedKratos implements ApplicationListener<ApplicationReadyEvent>, Ordered {

	private final List<EmbeddedKratos> servers;

	private final ApplicationContext context;

	private Snapshots start;

	/**
	 * The snapshots after {@code @BeforeAll}, by test class.
	 */
	private final Map<Class<?>, Snapshots> snapshots = new HashMap<>();

	/**
	 * The test classes that are running: one, and the classes nested in it.
	 */
	private final Deque<Class<?>> classes = new ArrayDeque<>();

	private @Nullable Object test;

	private boolean used;

	SharedEmbeddedKratos(Collection<EmbeddedKratos> servers, ApplicationContext context) {
		this.servers = List.copyOf(servers);
		this.context = context;
		this.start = snapshots();
	}

	private Snapshots snapshots() {
		Map<EmbeddedKratos, Snapshot> snapshots = new IdentityHashMap<>();
		this.servers.forEach((kratos) -> snapshots.put(kratos, kratos.snapshot()));
		return new Snapshots(snapshots);
	}

	@Override
	public synchronized void onApplicationEvent(ApplicationReadyEvent event) {
		// Not if a child context has started, which can be long after the first tests.
		if (event.getApplicationContext() == this.context) {
			this.start = snapshots();
		}
	}

	/**
	 * Returns the servers to their state after the start of this application, for the
	 * start of a child context.
	 * @param shared the servers of the child context
	 */
	synchronized void beginContext(Collection<EmbeddedKratos> shared) {
		this.start.restore(shared);
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	/**
	 * Begins a test class, before its {@code @BeforeAll}.
	 */
	synchronized void beginClass(Class<?> testClass) {
		Class<?> enclosing = enclosing(testClass);
		add(testClass, enclosing);
		if (enclosing == null) {
			this.snapshots.clear();
			this.start.restore();
		}
		else if (this.classes.contains(enclosing) || !this.used) {
			// Without a snapshot no test has run yet, and this is the state after its
			// @BeforeAll.
			this.snapshots.computeIfAbsent(enclosing, (key) -> snapshots()).restore();
		}
		else {
			this.snapshots.getOrDefault(enclosing, this.start).restore();
		}
		this.used = true;
	}

	/**
	 * Begins a test.
	 * @return a callback that ends it
	 */
	synchronized Object beginTest(Class<?> testClass) {
		if (!this.classes.contains(testClass)) {
			// The application was started by this class.
			add(testClass, enclosing(testClass));
		}
		if (this.test != null) {
			throw new IllegalStateException("Tests of " + testClass.getName() + " run at the same time, and each "
					+ "resets the EmbeddedKratos that they share. Run them one after the other, for example with "
					+ "@Execution(ExecutionMode.SAME_THREAD)");
		}
		this.snapshots.computeIfAbsent(testClass, (key) -> snapshots()).restore();
		this.used = true;
		this.test = new Object();
		return this.test;
	}

	synchronized void endTest(Object test) {
		if (test == this.test) {
			this.test = null;
		}
	}

	synchronized void endClass(Class<?> testClass) {
		this.classes.remove(testClass);
	}

	private void add(Class<?> testClass, @Nullable Class<?> enclosing) {
		Class<?> current = this.classes.peek();
		if (current != null && (enclosing == null || !enclosing.isAssignableFrom(current))) {
			throw new IllegalStateException(testClass.getName() + " and " + current.getName()
					+ " run at the same time with one application context, and each resets the EmbeddedKratos in it. "
					+ "Run them one after the other, for example with @ResourceLock(\"EmbeddedKratos\") on both, or "
					+ "give one its own context, for example with @SpringBootTest(properties = \"context="
					+ testClass.getSimpleName() + "\")");
		}
		this.classes.push(testClass);
	}

	/**
	 * The class that a nested class runs in. It can be a subclass of the class that
	 * declares the nested one.
	 */
	private @Nullable Class<?> enclosing(Class<?> testClass) {
		if (!ClassUtils.isInnerClass(testClass)) {
			return null;
		}
		Class<?> enclosing = testClass.getEnclosingClass();
		Class<?> current = this.classes.peek();
		return (current != null && enclosing.isAssignableFrom(current)) ? current : enclosing;
	}

	/**
	 * The states of all servers at one time.
	 */
	private record Snapshots(Map<EmbeddedKratos, Snapshot> snapshots) {

		void restore() {
			this.snapshots.values().forEach(Snapshot::restore);
		}

		void restore(Collection<EmbeddedKratos> servers) {
			servers.stream().map(this.snapshots::get).filter(Objects::nonNull).forEach(Snapshot::restore);
		}

	}

}
