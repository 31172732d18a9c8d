package io.github.kratosadmin.test.embedded;

import java.net.URI;

/**
 * The addresses that Kratos writes into its answers.
 *
 * @param admin where the admin API is, without a slash at the end
 * @param publicBase where browsers find Kratos, without a slash at the end
 */
record Urls(String admin, String publicBase) {

	static Urls of(String admin, URI publicUrl) {
		String publicBase = publicUrl.toString();
		return new Urls(admin,
				publicBase.endsWith("/") ? publicBase.substring(0, publicBase.length() - 1) : publicBase);
	}

	String schema(String id) {
		return this.publicBase + "/schemas/" + id;
	}

	String identity(String id) {
		return this.admin + "/identities/" + id;
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
