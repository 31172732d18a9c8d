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
 * Detects the path prefix of the admin API: none up to Kratos 0.8, {@code /admin} from
 * 0.9 on. With the wrong prefix each call is redirected, or fails.
 */
public class PrefixFinder {

	static final String ADMIN = "/admin";

	private final Routes unprefixed;

	private final boolean given;

	private final AtomicReference<@Nullable FutureTask<@Nullable Routes>> detecting = new AtomicReference<>();

	private final AtomicReference<@Nullable FutureTask<@Nullable Routes>> detectingAgain = new AtomicReference<>();

	private volatile @Nullable Known known;

	/**
	 * Creates a finder.
	 * @param unprefixed the routes without a prefix
	 * @param prefix the prefix, or {@code null} to find it out
	 */
	public PrefixFinder(Routes unprefixed, @Nullable String prefix) {
		this.unprefixed = unprefixed;
		this.given = prefix != null;
		this.known = (prefix != null) ? new Known(unprefixed.withPrefix(prefix), true) : null;
	}

	Routes unprefixed() {
		return this.unprefixed;
	}

	/**
	 * The routes, if they were given or a version was read there. A guess does not count.
	 */
	public @Nullable Routes known() {
		Known known = this.known;
		return (known != null && known.certain()) ? known.routes() : null;
	}

	/**
	 * The routes, found out by the first call that needs them. What fails is not
	 * remembered.
	 * @param timeLeft how long to wait for another call to find out
	 */
	Routes routes(VersionProbe probe, Duration timeLeft) {
		Known known = this.known;
		return (known != null) ? known.routes() : detectOnce(probe, timeLeft);
	}

	/**
	 * Lets one of many first calls find out, and the others wait for it.
	 */
	private Routes detectOnce(VersionProbe probe, Duration timeLeft) {
		FutureTask<@Nullable Routes> mine = new FutureTask<>(() -> {
			Known known = this.known;
			return (known != null) ? known.routes() : detect(probe);
		});
		Routes found = runOnce(this.detecting, mine, timeLeft);
		// What fails another call need not fail this one.
		return (found != null) ? found : detect(probe);
	}

	/**
	 * Runs a task unless one is running already, which is waited for then.
	 * @return the result, or {@code null} if there is none, or none in time
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
			// This call is over too, which it says itself.
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return null;
	}

	/**
	 * Whether a call failed as if the prefix were the wrong one: by what is not Kratos's.
	 * Any status may be that of a gateway which has something else at that path. The
	 * prefix {@code /admin} with a version is doubted at a 404 only: the server may have
	 * been replaced by one of another version. A version without the prefix says less, as
	 * a gateway may have only that there. Where there are too many requests already there
	 * is not to be one more.
	 */
	boolean mayHaveWrongPrefix(KratosException failure) {
		Known known = this.known;
		if (this.given || known == null || failure.isFromKratos() || failure.getStatus() == 0
				|| failure instanceof KratosRateLimitedException) {
			return false;
		}
		boolean prefixRead = known.certain() && !known.routes().equals(this.unprefixed);
		return failure.getStatus() == 404 || !prefixRead;
	}

	/**
	 * Finds the routes out. Where the response does not tell, as while the server fails
	 * or something in front of it answers, nothing is remembered, and the call goes
	 * without a prefix: every version understands that, newer ones by a redirect.
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
	 * Finds the routes out once more, after a doubtful response. One of many calls looks,
	 * so that a server that fails has no more than one request more at a time.
	 * @param used the routes that led to the response, which stay the best guess where
	 * nothing tells
	 * @param timeLeft how long to wait for another call to look
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
	 * Learns that a version was read below some routes, without a redirect.
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
	 * Learns from a redirect that only another prefix explains: a guess, as something in
	 * front of Kratos may have made it.
	 */
	void redirected(URI from, URI to) {
		Known known = this.known;
		Routes routes = (known != null) ? known.routes() : this.unprefixed;
		if (this.given || !routes.isAdmin(from)) {
			return;
		}
		Routes prefixed = this.unprefixed.withPrefix(ADMIN);
		if (!routes.equals(prefixed) && routes.move(from.toString(), prefixed).equals(to)) {
			remember(prefixed, false);
		}
	}

	/**
	 * Asks for the version of Kratos at a URL, and follows no redirect.
	 */
	interface VersionProbe {

		ProbeResult probe(URI url);

	}

	/**
	 * What a response to the question for the version tells about its path.
	 */
	enum ProbeResult {

		/** A version was read there. */
		VERSION_FOUND,

		/**
		 * A Go server does not know the path: Kratos, or a proxy written in Go.
		 */
		UNKNOWN_PATH,

		/** Nothing. */
		INCONCLUSIVE

	}

	/**
	 * What is remembered.
	 *
	 * @param routes the routes
	 * @param certain whether they were given or a version was read there; otherwise they
	 * are a guess
	 */
	private record Known(Routes routes, boolean certain) {

	}

}
