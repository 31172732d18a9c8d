package io.github.kratosadmin.test.embedded.internal.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import io.github.kratosadmin.test.embedded.FlowClient;
import io.github.kratosadmin.test.embedded.FlowKind;
import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.text.Names;

/**
 * The URLs in the responses of Kratos.
 *
 * @param admin the URL of the admin API, without a slash at the end
 * @param publicBase the URL of the public API for browsers, without a slash at the end
 * @param pages the URL of the pages that show flows, without a slash at the end
 * @param encodesSchemaIds whether the URL of a schema has the encoded id
 */
public record Urls(String admin, String publicBase, String pages, boolean encodesSchemaIds) {

	public static Urls of(String admin, URI publicUrl, URI pagesUrl, KratosEra era) {
		return new Urls(admin, withoutSlash(publicUrl), withoutSlash(pagesUrl), era.isAtLeast(KratosEra.V0_10));
	}

	private static String withoutSlash(URI url) {
		String text = url.toString();
		return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
	}

	public String schema(String id) {
		return this.publicBase + "/schemas/" + (this.encodesSchemaIds
				? Base64.getUrlEncoder().withoutPadding().encodeToString(id.getBytes(StandardCharsets.UTF_8)) : id);
	}

	public String identities() {
		return this.admin + "/identities";
	}

	public String identity(String id) {
		return identities() + "/" + id;
	}

	/**
	 * The path of a kind of flow. The paths that start and return a flow are below it.
	 */
	public static String path(FlowKind kind) {
		return "/self-service/" + Names.of(kind);
	}

	/**
	 * The URL for submitting the form of a flow.
	 */
	public String submit(FlowKind kind, String flowId) {
		return this.publicBase + path(kind) + "?flow=" + flowId;
	}

	/**
	 * The URL for submitting a code to a flow.
	 */
	public String submit(FlowKind kind, String code, String flowId) {
		return this.publicBase + path(kind) + "?code=" + code + "&flow=" + flowId;
	}

	/**
	 * The URL of the page that shows a flow.
	 */
	public String page(FlowKind kind, String flowId) {
		return this.pages + "/" + Names.of(kind) + "?flow=" + flowId;
	}

	/**
	 * The URL that starts a flow.
	 */
	public String init(FlowKind kind, FlowClient client) {
		return this.publicBase + path(kind) + "/" + Names.of(client);
	}

}
