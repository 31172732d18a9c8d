package io.github.kratosadmin.test.container;

import java.util.Map;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The default configuration of Kratos in a test: cheap hashes, no check of passwords on
 * the Internet, recovery and verification by link and by code, and a session after
 * registration. It depends on the version, as Kratos does not start with unknown keys.
 */
class KratosConfiguration {

	static final String DEFAULT_SCHEMA = "default";

	private final ImageVersion version;

	KratosConfiguration(ImageVersion version) {
		this.version = version;
	}

	/**
	 * The configuration as JSON.
	 * @param schemas the URL of each identity schema by its id, {@code default} among
	 * them
	 */
	String toJson(Map<String, String> schemas) {
		ObjectNode configuration = JsonMapper.shared().createObjectNode();
		configuration.withObject("/selfservice").put("default_browser_return_url", "http://localhost:4455/");
		addMethods(configuration.withObject("/selfservice/methods"));
		addFlows(configuration.withObject("/selfservice/flows"));
		configuration.withArray("/secrets/cookie").add("no-secret-as-this-is-for-tests");
		configuration.withObject("/hashers").put("algorithm", "bcrypt").withObject("/bcrypt").put("cost", 4);
		configuration.withObject("/courier/smtp").put("connection_uri", "smtp://localhost:1025/?disable_starttls=true");
		addIdentitySchemas(configuration.withObject("/identity"), schemas);
		return configuration.toString();
	}

	private void addMethods(ObjectNode methods) {
		methods.withObject("/password").put("enabled", true);
		if (this.version.isAtLeast(0, 7)) {
			methods.withObject("/password/config").put("haveibeenpwned_enabled", false);
		}
		methods.withObject("/link").put("enabled", true);
		if (this.version.isAtLeast(0, 11)) {
			methods.withObject("/code").put("enabled", true);
		}
	}

	private void addFlows(ObjectNode flows) {
		flows.withObject("/recovery").put("enabled", true);
		flows.withObject("/verification").put("enabled", true);
		flows.withArray("/registration/after/password/hooks").addObject().put("hook", "session");
	}

	private void addIdentitySchemas(ObjectNode identity, Map<String, String> urls) {
		boolean defaultById = this.version.isAtLeast(0, 9);
		if (defaultById) {
			identity.put("default_schema_id", DEFAULT_SCHEMA);
		}
		else {
			identity.put("default_schema_url", urls.get(DEFAULT_SCHEMA));
		}
		ArrayNode schemas = identity.putArray("schemas");
		urls.forEach((id, url) -> {
			if (defaultById || !id.equals(DEFAULT_SCHEMA)) {
				schemas.addObject().put("id", id).put("url", url);
			}
		});
	}

}
