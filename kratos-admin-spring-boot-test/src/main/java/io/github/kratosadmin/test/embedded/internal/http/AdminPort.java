package io.github.kratosadmin.test.embedded.internal.http;

import io.github.kratosadmin.test.embedded.KratosEra;

/**
 * The admin port: finds the handler of a request, after the prefix and the redirects of
 * the era.
 */
public final class AdminPort {

	private final KratosEra era;

	private final Urls urls;

	private final Router admin;

	private final Router open;

	/**
	 * Creates an admin port.
	 * @param era the era
	 * @param urls the addresses
	 * @param admin the routes that only this port has
	 * @param open the routes that the public port has too
	 */
	public AdminPort(KratosEra era, Urls urls, Router admin, Router open) {
		this.era = era;
		this.urls = urls;
		this.admin = admin;
		this.open = open;
	}

	public AdminResponse route(AdminRequest request) {
		boolean prefixed = request.target().startsWith(PortRules.ADMIN_PREFIX);
		if (!prefixed && PortRules.redirectsToAdminPrefix(this.era)) {
			return AdminResponse.redirect(request, PortRules.ADMIN_PREFIX + request.target());
		}
		boolean cut = prefixed && PortRules.hasAdminPrefix(this.era);
		String path = cut ? request.path().substring(PortRules.ADMIN_PREFIX.length()) : request.path();
		if (!this.open.has(path)) {
			return this.admin.route(request.withPath(path));
		}
		if (PortRules.redirectsToPublicUrl(this.era) && request.method().equals("GET")) {
			String target = cut ? request.target().substring(PortRules.ADMIN_PREFIX.length()) : request.target();
			return AdminResponse.redirect(request, this.urls.publicBase() + target);
		}
		return this.open.route(request.withPath(path));
	}

}
