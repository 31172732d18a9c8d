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
 * {@link RuntimeHintsRegistrar} for the proxies of {@link ApiProxy}.
 */
class ApiProxyRuntimeHints implements RuntimeHintsRegistrar {

	private static final List<Class<?>> APIS = List.of(CourierApi.class, IdentityApi.class, MetadataApi.class,
			RecoveryApi.class, SchemaApi.class, SelfServiceApi.class, SessionApi.class);

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		for (Class<?> api : APIS) {
			hints.proxies().registerJdkProxy(api);
			hints.reflection().registerType(api, MemberCategory.INVOKE_PUBLIC_METHODS);
		}
	}

}
