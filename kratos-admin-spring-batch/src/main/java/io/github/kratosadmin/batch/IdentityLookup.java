package io.github.kratosadmin.batch;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.error.KratosBadRequestException;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.error.KratosRateLimitedException;
import io.github.kratosadmin.error.KratosUnsupportedException;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.CredentialsType;
import io.github.kratosadmin.identity.Identity;
import org.jspecify.annotations.Nullable;

import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Looks for the identities of rows. Waits while the server is failing. Thread-safe.
 */
final class IdentityLookup {

	/** Why a row is refused whose identity could not be found again. */
	static final String NOT_FINDABLE = "The row has no external id that the server supports, and no trait that its"
			+ " identity schema marks as an identifier, so its identity could not be found after a crash";

	private static final String COULD_NOT_LOOK_UP = "The identity could not be looked up: ";

	private static final Duration FIRST_WAIT = Duration.ofMillis(250);

	private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

	private final KratosAdmin kratosAdmin;

	private final RequestPace pace;

	private final Duration maxPause;

	/**
	 * Creates an instance.
	 * @param kratosAdmin the client
	 * @param pace the pace of the requests
	 * @param maxPause the maximum time to wait for a successful request
	 */
	IdentityLookup(KratosAdmin kratosAdmin, RequestPace pace, Duration maxPause) {
		this.kratosAdmin = kratosAdmin;
		this.pace = pace;
		this.maxPause = maxPause;
	}

	/**
	 * Returns whether there is something to look for that the server supports.
	 */
	boolean canFind(CreateIdentity identity) {
		// Sends a request only for the schemas, at most once a minute, and for the first
		// external id.
		return waitFor(() -> this.kratosAdmin.canFindIdentities(identity));
	}

	/**
	 * Finds the identities that are in the way of one to create.
	 */
	Result find(CreateIdentity identity) {
		try {
			return new Result(waitFor(() -> this.pace.send(() -> this.kratosAdmin.findIdentities(identity))), null);
		}
		catch (IllegalArgumentException ex) {
			// Such as the external id "..", which no client can send.
			return new Result(List.of(), COULD_NOT_LOOK_UP + "the client cannot send its external id or identifier");
		}
		catch (KratosBadRequestException ex) {
			if (!ex.isFromKratos()) {
				throw ex;
			}
			return new Result(List.of(), COULD_NOT_LOOK_UP + ex.getMessage());
		}
	}

	/**
	 * Reads an identity with secrets of its credentials.
	 * @return the identity, empty if it does not exist
	 */
	Optional<Identity> read(String id, List<CredentialsType> credentials) {
		return waitFor(() -> this.pace.send(() -> {
			try {
				return Optional.of(this.kratosAdmin.identities().getIdentity(id, credentials));
			}
			catch (KratosNotFoundException ex) {
				// Another 404 may come from a gateway.
				if (!ex.isAbsent()) {
					throw ex;
				}
				return Optional.empty();
			}
		}));
	}

	private <T> T waitFor(Supplier<T> lookup) {
		BackOffExecution waits = waits();
		while (true) {
			try {
				return lookup.get();
			}
			catch (KratosException ex) {
				long wait = mayPass(ex) ? waits.nextBackOff() : BackOffExecution.STOP;
				if (wait == BackOffExecution.STOP) {
					throw ex;
				}
				this.pace.pause(TimeUnit.MILLISECONDS.toNanos(wait));
				this.pace.await();
			}
		}
	}

	private BackOffExecution waits() {
		ExponentialBackOff waits = new ExponentialBackOff(FIRST_WAIT.toMillis(), 2);
		waits.setMaxInterval(LONGEST_WAIT.toMillis());
		waits.setMaxElapsedTime(this.maxPause.toMillis());
		return waits.start();
	}

	/**
	 * Returns whether another lookup may succeed: not after an interruption, with a
	 * closed client or an old server.
	 */
	private boolean mayPass(KratosException ex) {
		boolean refused = ex instanceof KratosUnsupportedException
				|| (ex instanceof KratosBadRequestException && ex.isFromKratos());
		boolean tooLong = ex instanceof KratosRateLimitedException && ex.getRetryAfter() != null
				&& ex.getRetryAfter().compareTo(this.maxPause) > 0;
		return !refused && !this.kratosAdmin.isClosed() && !tooLong && !Thread.currentThread().isInterrupted();
	}

	/**
	 * The result of a lookup.
	 *
	 * @param identities the identities that were found
	 * @param problem why they could not be looked up: nobody knows whether there are any.
	 * {@code null} otherwise
	 */
	record Result(List<Identity> identities, @Nullable String problem) {

	}

}
