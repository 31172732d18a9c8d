package io.github.kratosadmin.autoconfigure;

import java.util.List;

import io.github.kratosadmin.courier.CourierApi;
import io.github.kratosadmin.identity.IdentityApi;
import io.github.kratosadmin.metadata.MetadataApi;
import io.github.kratosadmin.recovery.RecoveryApi;
import io.github.kratosadmin.schema.SchemaApi;
import io.github.kratosadmin.selfservice.SelfServiceApi;
import io.github.kratosadmin.session.SessionApi;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * Hints for the proxies of {@link Group}.
 */
class GroupRuntimeHints implements RuntimeHintsRegistrar {

	private static final List<Class<?>> GROUPS = List.of(CourierApi.class, IdentityApi.class, MetadataApi.class,
			RecoveryApi.class, SchemaApi.class, SelfServiceApi.class, SessionApi.class);

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		for (Class<?> group : GROUPS) {
			hints.proxies().registerJdkProxy(group);
			hints.reflection().registerType(group, MemberCategory.INVOKE_PUBLIC_METHODS);
		}
	}

}
