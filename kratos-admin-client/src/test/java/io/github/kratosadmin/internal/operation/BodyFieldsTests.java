package io.github.kratosadmin.internal.operation;

import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.github.kratosadmin.identity.UpdateIdentity;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

import org.springframework.core.OverridingClassLoader;

import static org.assertj.core.api.Assertions.assertThat;

class BodyFieldsTests {

	@Test
	void theClassesCanBeUnloadedWithTheirApplication() throws Exception {
		WeakReference<ClassLoader> application = new WeakReference<>(findInAnotherApplication());
		for (int i = 0; i < 100 && application.get() != null; i++) {
			System.gc();
			Thread.sleep(20);
		}
		assertThat(application.get()).isNull();
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
				object, null, object, null, "crm-1", null);
		Method find = application.loadClass(BodyFields.class.getName())
			.getDeclaredMethod("find", Object.class, Consumer.class);
		find.setAccessible(true);
		AtomicInteger found = new AtomicInteger();
		find.invoke(null, body, (Consumer<Object>) (since) -> found.incrementAndGet());
		assertThat(found).hasValue(2);
		return application;
	}

}
