package io.github.kratosadmin.internal.operation;

import java.net.URI;

import org.jspecify.annotations.Nullable;

/**
 * The base URL for each operation: that of the admin API or that of the public API.
 *
 * @param adminUrl the URL of the admin API, without the path prefix
 * @param publicUrl the URL of the public API, or {@code null} to follow redirects to it
 */
public record Routes(URI adminUrl, @Nullable URI publicUrl) {

	public URI baseFor(String path) {
		return (this.publicUrl != null && isPublic(path)) ? this.publicUrl : this.adminUrl;
	}

	/**
	 * Whether the admin credentials may be sent to a URL.
	 */
	public boolean isAdmin(URI url) {
		return isBelow(url, this.adminUrl) && !(this.publicUrl != null && isBelow(url, this.publicUrl)
				&& isPublic(pathBelow(url, this.publicUrl)));
	}

	/**
	 * The path of an operation, relative to the base URL.
	 */
	public String path(URI url) {
		URI base = (this.publicUrl != null && !isAdmin(url)) ? this.publicUrl : this.adminUrl;
		return pathBelow(url, base);
	}

	public Routes withPrefix(String prefix) {
		return new Routes(URI.create(this.adminUrl + prefix), this.publicUrl);
	}

	/**
	 * Moves a URL from below this admin URL to below another one.
	 */
	public URI move(String url, Routes to) {
		return URI.create(to.adminUrl + url.substring(this.adminUrl.toString().length()));
	}

	public static boolean isPublic(String path) {
		return path.startsWith("/self-service/") || path.equals("/schemas") || path.startsWith("/schemas/");
	}

	private static boolean isBelow(URI url, URI base) {
		return HttpUrl.sameOrigin(url, base) && url.getRawPath().startsWith(base.getRawPath() + "/");
	}

	private static String pathBelow(URI url, URI base) {
		return url.getRawPath().substring(base.getRawPath().length());
	}

}
