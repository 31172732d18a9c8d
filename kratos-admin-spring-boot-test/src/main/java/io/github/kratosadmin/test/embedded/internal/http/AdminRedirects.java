package io.github.kratosadmin.test.embedded.internal.http;

import java.util.List;

import io.github.kratosadmin.test.embedded.KratosEra;

/**
 * The redirects of the public port to the admin port: from 0.7 on for the paths of
 * identities, from 0.9 on also with the prefix of the admin port.
 */
public final class AdminRedirects {

	private final KratosEra era;

	private final Urls urls;

	/**
	 * Creates the redirects.
	 * @param era the era
	 * @param urls the addresses
	 */
	public AdminRedirects(KratosEra era, Urls urls) {
		this.era = era;
		this.urls = urls;
	}

	public void addRoutes(Router router) {
		if (!PortRules.redirectsToPublicUrl(this.era)) {
			return;
		}
		for (String prefix : PortRules.hasAdminPrefix(this.era) ? List.of("", PortRules.ADMIN_PREFIX) : List.of("")) {
			for (String method : List.of("GET", "POST")) {
				router.add(method, prefix + "/identities", (request, none) -> redirect(request));
			}
			for (String method : List.of("GET", "PUT", "DELETE")) {
				router.add(method, prefix + "/identities/:id", (request, id) -> redirect(request));
			}
		}
	}

	private AdminResponse redirect(AdminRequest request) {
		String target = request.target();
		boolean prefixed = target.startsWith(PortRules.ADMIN_PREFIX) || !PortRules.hasAdminPrefix(this.era);
		return AdminResponse.redirect(request, this.urls.admin() + (prefixed ? "" : PortRules.ADMIN_PREFIX) + target);
	}

}
