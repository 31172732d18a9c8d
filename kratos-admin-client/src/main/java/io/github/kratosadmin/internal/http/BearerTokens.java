package io.github.kratosadmin.internal.http;

import io.github.kratosadmin.connection.BearerTokenProvider;
import io.github.kratosadmin.internal.operation.ActiveCalls;
import io.github.kratosadmin.internal.redaction.Redaction;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The bearer tokens of a provider, which has only the time of the call.
 */
final class BearerTokens {

	private static final Log logger = LogFactory.getLog(BearerTokenProvider.class);

	private final BearerTokenProvider provider;

	private final ActiveCalls calls;

	BearerTokens(BearerTokenProvider provider, ActiveCalls calls) {
		this.provider = provider;
		this.calls = calls;
	}

	String get() {
		String token;
		try {
			token = this.calls.interruptibly(this.provider::getToken);
		}
		catch (Exception ex) {
			// Kotlin also throws checked exceptions here.
			throw new NoTokenException(ex);
		}
		AdminHeaders.checkToken(token);
		return token;
	}

	/**
	 * Tells the provider that a token was refused. Its failure must not hide the refusal.
	 */
	void refused(String token) {
		try {
			this.calls.interruptibly(() -> {
				this.provider.invalidateToken(token);
				return token;
			});
		}
		catch (Exception ex) {
			logger.warn(this.provider.getClass().getName() + " failed to invalidate a token", Redaction.cause(ex));
		}
	}

}
