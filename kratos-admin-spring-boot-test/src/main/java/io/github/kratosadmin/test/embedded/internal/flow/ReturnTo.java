package io.github.kratosadmin.test.embedded.internal.flow;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.http.ErrorResponseException;
import io.github.kratosadmin.test.embedded.internal.http.Query;
import io.github.kratosadmin.test.embedded.internal.http.Urls;
import org.jspecify.annotations.Nullable;

/**
 * Checks the URL that a flow redirects to at its end. It must be below the URL of the
 * pages or below the URL of flows.
 */
final class ReturnTo {

	static final String PARAMETER = "return_to";

	private final KratosEra era;

	private final URI pages;

	private final URI flows;

	ReturnTo(KratosEra era, Urls urls) {
		this.era = era;
		this.pages = URI.create(urls.pages());
		this.flows = URI.create(urls.publicBase() + "/self-service");
	}

	/**
	 * Checks the parameter, if there is one.
	 * @throws ErrorResponseException if the URL is not allowed
	 */
	void check(Query query) {
		String text = query.first(PARAMETER);
		if (!FlowRules.checksReturnTo(this.era) || text.isEmpty()) {
			return;
		}
		URI uri = parse(text);
		String scheme = (uri.getScheme() != null) ? uri.getScheme() : this.pages.getScheme();
		String host = (uri.getRawAuthority() != null) ? uri.getRawAuthority() : this.pages.getRawAuthority();
		String path = orSlash(uri.getRawPath());
		for (URI allowed : List.of(this.pages, this.flows)) {
			if (scheme.equalsIgnoreCase(allowed.getScheme()) && host.equalsIgnoreCase(allowed.getRawAuthority())
					&& path.startsWith(orSlash(allowed.getRawPath()))) {
				return;
			}
		}
		String shown = uri.isAbsolute() ? text : scheme + "://" + host + path;
		throw ErrorResponseException.badRequest("Requested return_to URL \"" + shown + "\" is not allowed.")
			.withId("self_service_flow_return_to_forbidden");
	}

	private URI parse(String text) {
		try {
			return new URI(text);
		}
		catch (URISyntaxException ex) {
			String reason = "Unable to parse the return_to query parameter as an URL: parse \"" + text + "\": "
					+ ex.getReason();
			throw FlowRules.failsOnMalformedReturnTo(this.era) ? ErrorResponseException.internal(reason)
					: ErrorResponseException.badRequest(reason);
		}
	}

	private static String orSlash(@Nullable String path) {
		return (path == null || path.isEmpty()) ? "/" : path;
	}

}
