package io.github.kratosadmin.internal.http;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosRateLimitedException;
import io.github.kratosadmin.internal.operation.Routes;
import org.jspecify.annotations.Nullable;

/**
 * Detects the path prefix of the admin API: none up to Kratos 0.8, {@code /admin} since
 * 0.9. With the wrong prefix, each request is redirected or fails.
 */
public class PrefixFinder {

	static final String ADMIN = "/admin";

	private final Routes unprefixed;

	private final boolean configured;

	private final AtomicReference<@Nullable FutureTask<@Nullable Routes>> detecting = new AtomicReference<>();

	private final AtomicReference<@Nullable FutureTask<@Nullable Routes>> detectingAgain = new AtomicReference<>();

	private volatile @Nullable Known known;

	/**
	 * Creates a finder.
	 * @param unprefixed the routes without a prefix
	 * @param prefix the prefix, or {@code null} to detect it
	 */
	public PrefixFinder(Routes unprefixed, @Nullable String prefix) {
		this.unprefixed = unprefixed;
		this.configured = prefix != null;
		this.known = (prefix != null) ? new Known(unprefixed.withPrefix(prefix), true) : null;
	}

	Routes unprefixed() {
		return this.unprefixed;
	}

	/**
	 * The routes if they were configured or a version was read there, not if they are a
	 * guess.
	 */
	public @Nullable Routes known() {
		Known known = this.known;
		return (known != null && known.certain()) ? known.routes() : null;
	}

	/**
	 * The prefix of the known routes, empty for none, or {@code null} while they are not
	 * known.
	 */
	public @Nullable String prefix() {
		Routes known = known();
		return (known != null) ? known.adminUrl().toString().substring(this.unprefixed.adminUrl().toString().length())
				: null;
	}

	/**
	 * The routes, detected by the first call that needs them. A failed detection is not
	 * remembered.
	 * @param timeLeft how long to wait for the detection by another call
	 */
	Routes routes(VersionProbe probe, Duration timeLeft) {
		Known known = this.known;
		return (known != null) ? known.routes() : detectOnce(probe, timeLeft);
	}

	/**
	 * Detects the routes once for concurrent calls: one detects, the others wait for it.
	 */
	private Routes detectOnce(VersionProbe probe, Duration timeLeft) {
		FutureTask<@Nullable Routes> mine = new FutureTask<>(() -> {
			Known known = this.known;
			return (known != null) ? known.routes() : detect(probe);
		});
		Routes found = runOnce(this.detecting, mine, timeLeft);
		// The failure of another call need not affect this one.
		return (found != null) ? found : detect(probe);
	}

	/**
	 * Runs a task, or waits for the one already running.
	 * @return the result, or {@code null} if the running task has failed or taken too
	 * long
	 */
	private static @Nullable Routes runOnce(AtomicReference<@Nullable FutureTask<@Nullable Routes>> running,
			FutureTask<@Nullable Routes> mine, Duration timeLeft) {
		FutureTask<@Nullable Routes> other = running.compareAndExchange(null, mine);
		if (other == null) {
			try {
				mine.run();
			}
			finally {
				running.set(null);
			}
		}
		try {
			return ((other != null) ? other : mine).get(timeLeft.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (ExecutionException ex) {
			if (other == null && ex.getCause() instanceof RuntimeException cause) {
				throw cause;
			}
			if (other == null && ex.getCause() instanceof Error cause) {
				throw cause;
			}
		}
		catch (TimeoutException ex) {
			// The call has reached its deadline and fails with its own exception.
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return null;
	}

	/**
	 * Whether a wrong prefix may be the reason for a failure: the error response is not
	 * from Kratos. A gateway with something else at that path may send any status. If a
	 * version was read at the prefix {@code /admin}, only a 404 counts: the server may
	 * have been replaced by one of another version. A version read without the prefix is
	 * weaker evidence, as a gateway may serve only the version there. A 429 never counts,
	 * because detection would send one more request.
	 */
	boolean mayHaveWrongPrefix(KratosException failure) {
		Known known = this.known;
		if (this.configured || known == null || failure.isFromKratos() || failure.getStatus() == 0
				|| failure instanceof KratosRateLimitedException) {
			return false;
		}
		boolean prefixRead = known.certain() && !known.routes().equals(this.unprefixed);
		return failure.getStatus() == 404 || !prefixRead;
	}

	/**
	 * Detects the routes. If the response is inconclusive, for example because the server
	 * fails or a gateway responds instead, nothing is remembered and the request is sent
	 * without a prefix: every version supports that, newer ones with a redirect.
	 */
	private Routes detect(VersionProbe probe) {
		Routes prefixed = this.unprefixed.withPrefix(ADMIN);
		return switch (probe.probe(versionUrl(prefixed))) {
			case VERSION_FOUND -> remember(prefixed, true);
			case UNKNOWN_PATH -> remember(this.unprefixed, false);
			case INCONCLUSIVE -> this.unprefixed;
		};
	}

	/**
	 * Detects the routes again after a doubtful response. Only one of several concurrent
	 * calls does so, to send a failing server at most one additional request at a time.
	 * @param used the routes that led to the response, and the result if the detection is
	 * inconclusive
	 * @param timeLeft how long to wait for the detection by another call
	 */
	Routes detectAgain(VersionProbe probe, Routes used, Duration timeLeft) {
		Routes found = runOnce(this.detectingAgain, new FutureTask<>(() -> probeAgain(probe)), timeLeft);
		return (found != null) ? found : used;
	}

	private @Nullable Routes probeAgain(VersionProbe probe) {
		Routes prefixed = this.unprefixed.withPrefix(ADMIN);
		return switch (probe.probe(versionUrl(prefixed))) {
			case VERSION_FOUND -> remember(prefixed, true);
			case UNKNOWN_PATH -> remember(this.unprefixed, false);
			case INCONCLUSIVE -> {
				Known known = this.known;
				this.known = (known != null && known.certain()) ? known : null;
				yield null;
			}
		};
	}

	/**
	 * Remembers routes at which a version was read without a redirect.
	 */
	void versionRead(Routes routes) {
		if (known() == null) {
			remember(routes, true);
		}
	}

	private Routes remember(Routes routes, boolean certain) {
		Known known = this.known;
		boolean sure = certain || (known != null && known.certain() && known.routes().equals(routes));
		this.known = new Known(routes, sure);
		return routes;
	}

	private static URI versionUrl(Routes routes) {
		return URI.create(routes.adminUrl() + "/version");
	}

	/**
	 * Remembers the prefix that a redirect leads to. This is a guess, as the redirect may
	 * be from a gateway in front of Kratos.
	 */
	void redirected(URI from, URI to) {
		Known known = this.known;
		Routes routes = (known != null) ? known.routes() : this.unprefixed;
		if (this.configured || !routes.isAdmin(from)) {
			return;
		}
		Routes prefixed = this.unprefixed.withPrefix(ADMIN);
		if (!routes.equals(prefixed) && routes.move(from.toString(), prefixed).equals(to)) {
			remember(prefixed, false);
		}
	}

	/**
	 * Requests the version of Kratos at a URL without following redirects.
	 */
	interface VersionProbe {

		ProbeResult probe(URI url);

	}

	/**
	 * The result of requesting the version at a path.
	 */
	enum ProbeResult {

		/** A version was read there. */
		VERSION_FOUND,

		/**
		 * The path is unknown to the server, which is written in Go: Kratos or a proxy.
		 */
		UNKNOWN_PATH,

		/** The response says nothing about the path. */
		INCONCLUSIVE

	}

	/**
	 * The remembered routes.
	 *
	 * @param routes the routes
	 * @param certain whether they were configured or a version was read there; otherwise
	 * they are a guess
	 */
	private record Known(Routes routes, boolean certain) {

	}

}
