package io.github.kratosadmin.internal.operation;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.github.kratosadmin.identity.UpdateIdentity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

import org.springframework.core.OverridingClassLoader;

import static org.assertj.core.api.Assertions.assertThat;

class BodyFieldsTests {

	@Test
	void theClassesCanBeUnloadedWithTheirApplication() throws Exception {
		ReferenceQueue<ClassLoader> unloaded = new ReferenceQueue<>();
		WeakReference<ClassLoader> application = new WeakReference<>(findInAnotherApplication(), unloaded);
		assertThat(awaitCollection(unloaded)).isSameAs(application);
	}

	private static @Nullable Object awaitCollection(ReferenceQueue<?> queue) throws InterruptedException {
		Object collected = null;
		for (int i = 0; i < 100 && collected == null; i++) {
			System.gc();
			collected = queue.remove(20);
		}
		return collected;
	}

	private static ClassLoader findInAnotherApplication() throws Exception {
		ClassLoader application = new OverridingClassLoader(BodyFieldsTests.class.getClassLoader()) {

			@Override
			protected boolean isEligibleForOverriding(String className) {
				return className.startsWith("io.github.kratosadmin.");
			}

		};
		JsonNode object = JsonNodeFactory.instance.objectNode();
		Object body = application.loadClass(UpdateIdentity.class.getName()).getConstructors()[0].newInstance(null,
				object, null, object, null, "crm-1", null, null);
		Class<?> type = application.loadClass(BodyFields.class.getName());
		Method of = type.getDeclaredMethod("of", Class.class);
		of.setAccessible(true);
		Method find = type.getDeclaredMethod("find", Object.class, Consumer.class);
		find.setAccessible(true);
		AtomicInteger found = new AtomicInteger();
		find.invoke(of.invoke(null, body.getClass()), body, (Consumer<Object>) (since) -> found.incrementAndGet());
		assertThat(found).hasValue(2);
		return application;
	}

}
