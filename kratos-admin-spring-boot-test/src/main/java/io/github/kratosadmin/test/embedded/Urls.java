package io.github.kratosadmin.test.embedded;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The addresses that Kratos writes into its answers.
 *
 * @param admin where the admin API is, without a slash at the end
 * @param publicBase where browsers find Kratos, without a slash at the end
 * @param encodesSchemaIds whether the URL of a schema has its id encoded
 */
record Urls(String admin, String publicBase, boolean encodesSchemaIds) {

	static Urls of(String admin, URI publicUrl, KratosEra era) {
		String publicBase = publicUrl.toString();
		return new Urls(admin, publicBase.endsWith("/") ? publicBase.substring(0, publicBase.length() - 1) : publicBase,
				era.encodesSchemaIds());
	}

	String schema(String id) {
		return this.publicBase + "/schemas/" + (this.encodesSchemaIds
				? Base64.getUrlEncoder().withoutPadding().encodeToString(id.getBytes(StandardCharsets.UTF_8)) : id);
	}

	String identities() {
		return this.admin + "/identities";
	}

	String identity(String id) {
		return identities() + "/" + id;
	}

	/**
	 * Where the form of a flow is submitted to.
	 */
	String submit(FlowKind kind, String flowId) {
		return this.publicBase + kind.path() + "?flow=" + flowId;
	}

	/**
	 * Where a flow is started.
	 */
	String init(FlowKind kind, FlowType type) {
		return this.publicBase + kind.path() + "/" + type.value();
	}

}
