package io.github.kratosadmin.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.github.kratosadmin.connection.TlsSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * Creates {@link TlsSettings} from SSL bundles and keeps them up to date when a bundle is
 * reloaded.
 */
class SslBundleTlsSettings {

	private final ObjectProvider<SslBundles> bundles;

	/** One for each bundle, as the update handlers of a bundle cannot be removed. */
	private final Map<String, Reloaded> reloaded = new ConcurrentHashMap<>();

	SslBundleTlsSettings(ObjectProvider<SslBundles> bundles) {
		this.bundles = bundles;
	}

	/**
	 * Returns the settings of a bundle.
	 * @param name the name of the bundle
	 * @param property the property with this name
	 * @throws InvalidKratosAdminConfigurationException if there is no such bundle
	 */
	Supplier<TlsSettings> of(String name, String property) {
		return this.reloaded.computeIfAbsent(name, (key) -> load(key, property));
	}

	private Reloaded load(String name, String property) {
		SslBundles bundles = this.bundles.getIfAvailable();
		if (bundles == null) {
			throw unknown(name, property, "no SslBundles bean", null);
		}
		try {
			Reloaded reloaded = new Reloaded(settings(bundles.getBundle(name)));
			bundles.addBundleUpdateHandler(name, (bundle) -> reloaded.settings = settings(bundle));
			return reloaded;
		}
		catch (NoSuchSslBundleException ex) {
			List<String> names = bundles.getBundleNames();
			throw unknown(name, property,
					names.isEmpty() ? "no SSL bundles" : "the SSL bundles " + String.join(", ", names), ex);
		}
	}

	private static InvalidKratosAdminConfigurationException unknown(String name, String property, String known,
			@Nullable NoSuchSslBundleException cause) {
		return new InvalidKratosAdminConfigurationException("the property '" + property + "'", List.of(property),
				"There is no SSL bundle '" + name + "': the application has " + known,
				"Correct the property '" + property + "', or define the SSL bundle, for example:\n\n"
						+ "    spring.ssl.bundle.pem." + name + ".truststore.certificate=/etc/kratos/ca.pem",
				cause);
	}

	private static TlsSettings settings(SslBundle bundle) {
		return new TlsSettings(bundle.createSslContext(), list(bundle.getOptions().getEnabledProtocols()),
				list(bundle.getOptions().getCiphers()));
	}

	private static @Nullable List<String> list(String @Nullable [] values) {
		return (values != null) ? List.of(values) : null;
	}

	private static final class Reloaded implements Supplier<TlsSettings> {

		private volatile TlsSettings settings;

		Reloaded(TlsSettings settings) {
			this.settings = settings;
		}

		@Override
		public TlsSettings get() {
			return this.settings;
		}

	}

}
