package io.github.kratosadmin.autoconfigure.oauth2;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;

import io.github.kratosadmin.connection.BearerTokenException;
import io.github.kratosadmin.connection.BearerTokenProvider;
import io.github.kratosadmin.autoconfigure.internal.SingleFlightTask;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.core.OAuth2AccessToken;

/**
 * Caches the token of a client registration. One thread requests it, for all callers that
 * wait. It is renewed before it ends, while callers still get the current one.
 */
class CachedTokenProvider implements BearerTokenProvider {

	private static final Log logger = LogFactory.getLog(CachedTokenProvider.class);

	/** How long before its end a token is renewed, if it is not short-lived. */
	private static final Duration RENEWAL = Duration.ofSeconds(60);

	/** How long to wait after a renewal that failed. */
	private static final Duration PAUSE = Duration.ofSeconds(1);

	private final String registrationId;

	private final Supplier<OAuth2AccessToken> request;

	private final Clock clock;

	private final SingleFlightTask<CachedToken> renewal;

	private volatile @Nullable CachedToken token;

	/**
	 * Creates a provider without a token.
	 * @param registrationId the id of the client registration
	 * @param request requests a token
	 * @param clock the clock
	 */
	CachedTokenProvider(String registrationId, Supplier<OAuth2AccessToken> request, Clock clock) {
		this(registrationId, request, clock, CachedTokenProvider::thread);
	}

	CachedTokenProvider(String registrationId, Supplier<OAuth2AccessToken> request, Clock clock,
			ThreadFactory threads) {
		this.registrationId = registrationId;
		this.request = request;
		this.clock = clock;
		this.renewal = new SingleFlightTask<>(threads, this::renew);
	}

	/**
	 * Creates a thread of its own for a request, which must not depend on a caller: it
	 * may be interrupted, while others still wait.
	 */
	private static Thread thread(Runnable request) {
		Thread thread = new Thread(null, request, "kratos-admin-token", 0, false);
		thread.setDaemon(true);
		// By default the system class loader, which in an executable jar knows only the
		// launcher.
		thread.setContextClassLoader(CachedTokenProvider.class.getClassLoader());
		return thread;
	}

	@Override
	public String getToken() {
		CachedToken token = this.token;
		Instant now = this.clock.instant();
		if (token == null || !now.isBefore(token.end())) {
			return await(this.renewal.submit()).value();
		}
		if (!now.isBefore(token.renewal())) {
			renewInBackground();
		}
		return token.value();
	}

	/**
	 * Starts a renewal. If that fails, the next call tries again.
	 */
	private void renewInBackground() {
		try {
			this.renewal.submit();
		}
		catch (OutOfMemoryError ex) {
			// Also thrown if no more threads can be started. The current token is still
			// valid.
		}
	}

	@Override
	public synchronized void invalidateToken(String token) {
		CachedToken current = this.token;
		if (current != null && current.value().equals(token)) {
			this.token = null;
		}
	}

	/**
	 * Requests a token, unless another run has just done so.
	 */
	private CachedToken renew() {
		CachedToken current = this.token;
		if (current != null && this.clock.instant().isBefore(current.renewal())) {
			return current;
		}
		try {
			return keep(CachedToken.of(this.request.get(), this.clock.instant()));
		}
		catch (BearerTokenException ex) {
			if (current != null && postpone(current)) {
				logger.warn(ex.getMessage() + ". The current token is used until it ends");
			}
			throw ex;
		}
	}

	private synchronized CachedToken keep(CachedToken token) {
		this.token = token;
		return token;
	}

	private synchronized boolean postpone(CachedToken token) {
		Instant now = this.clock.instant();
		boolean usable = this.token == token && now.isBefore(token.end());
		if (usable) {
			this.token = new CachedToken(token.value(), now.plus(PAUSE), token.end());
		}
		return usable;
	}

	private CachedToken await(Future<CachedToken> token) {
		try {
			return token.get();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new BearerTokenException("The wait for a token of the OAuth2 client registration '"
					+ this.registrationId + "' was interrupted", ex);
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof BearerTokenException cause) {
				throw new BearerTokenException(String.valueOf(cause.getMessage()), cause);
			}
			throw new IllegalStateException(ex.getCause());
		}
	}

	/**
	 * A token.
	 *
	 * @param value the token itself
	 * @param renewal when to renew it
	 * @param end when it ends
	 */
	private record CachedToken(String value, Instant renewal, Instant end) {

		static CachedToken of(OAuth2AccessToken token, Instant now) {
			Instant end = (token.getExpiresAt() != null) ? token.getExpiresAt() : Instant.MAX;
			Duration quarter = (token.getExpiresAt() != null) ? Duration.between(now, end).dividedBy(4) : RENEWAL;
			return new CachedToken(token.getTokenValue(),
					end.minus((quarter.compareTo(RENEWAL) < 0) ? quarter : RENEWAL), end);
		}

		@Override
		public String toString() {
			return "CachedToken[end=" + this.end + "]";
		}

	}

}
