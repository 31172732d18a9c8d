package io.github.kratosadmin;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Knows the prefix of the admin API's paths, or finds it out: Kratos up to 0.8 has none,
 * from 0.9 on it is {@code /admin}. A call to the wrong one costs a redirect each time,
 * or fails.
 */
class PrefixFinder {

	static final String ADMIN = "/admin";

	private final Routes unprefixed;

	private final boolean given;

	private final AtomicReference<@Nullable FutureTask<Routes>> findingOut = new AtomicReference<>();

	private volatile @Nullable Routes routes;

	/**
	 * Creates a finder.
	 * @param unprefixed the routes without a prefix
	 * @param prefix the prefix, or {@code null} to find it out
	 */
	PrefixFinder(Routes unprefixed, @Nullable String prefix) {
		this.unprefixed = unprefixed;
		this.given = prefix != null;
		this.routes = (prefix != null) ? unprefixed.withPrefix(prefix) : null;
	}

	Routes unprefixed() {
		return this.unprefixed;
	}

	/**
	 * The routes as far as they are found out.
	 */
	@Nullable Routes known() {
		return this.routes;
	}

	/**
	 * The routes, found out by the first call that needs them. What fails is not
	 * remembered.
	 */
	Routes routes(Versions versions) {
		Routes known = this.routes;
		return (known != null) ? known : findOutOnce(versions);
	}

	/**
	 * Lets one of many first calls find out, and the others wait for it.
	 */
	private Routes findOutOnce(Versions versions) {
		FutureTask<Routes> mine = new FutureTask<>(() -> {
			Routes known = this.routes;
			return (known != null) ? known : findOut(versions);
		});
		FutureTask<Routes> other = this.findingOut.compareAndExchange(null, mine);
		if (other == null) {
			mine.run();
			this.findingOut.set(null);
		}
		try {
			return ((other != null) ? other : mine).get();
		}
		catch (ExecutionException ex) {
			if (other == null && ex.getCause() instanceof RuntimeException cause) {
				throw cause;
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		// What fails another call need not fail this one.
		return findOut(versions);
	}

	/**
	 * Whether an answer looks as if the prefix were the wrong one: the server may have
	 * been replaced by one of another version.
	 */
	boolean isDoubtful(ClientHttpResponse answer) {
		try {
			return !this.given && answer.getStatusCode().value() == 404
					&& MediaType.TEXT_PLAIN.equalsTypeAndSubtype(answer.getHeaders().getContentType());
		}
		catch (IOException | InvalidMediaTypeException ex) {
			return false;
		}
	}

	/**
	 * Finds the routes out, again if need be. Where the answer does not tell, as while
	 * the server fails, the call goes without a prefix: every version understands that,
	 * newer ones by a redirect.
	 */
	Routes findOut(Versions versions) {
		Routes prefixed = this.unprefixed.withPrefix(ADMIN);
		Boolean found = versions.isAt(URI.create(prefixed.adminUrl() + "/version"));
		if (found == null) {
			return this.unprefixed;
		}
		Routes routes = found ? prefixed : this.unprefixed;
		this.routes = routes;
		return routes;
	}

	/**
	 * Learns from a redirect that only another prefix explains.
	 */
	void redirected(URI from, URI to) {
		Routes known = (this.routes != null) ? this.routes : this.unprefixed;
		if (this.given || !known.isAdmin(from)) {
			return;
		}
		Routes prefixed = this.unprefixed.withPrefix(ADMIN);
		if (!known.equals(prefixed) && known.move(from.toString(), prefixed).equals(to)) {
			this.routes = prefixed;
		}
	}

	/**
	 * Asks whether there is a Kratos's version at a URL.
	 */
	interface Versions {

		@Nullable Boolean isAt(URI url);

	}

}
