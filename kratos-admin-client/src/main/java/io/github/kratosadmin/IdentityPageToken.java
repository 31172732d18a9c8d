package io.github.kratosadmin;

import java.util.List;

import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosServerException;
import io.github.kratosadmin.paging.Page;
import org.jspecify.annotations.Nullable;

/**
 * The page token of a list of identities. Those of Kratos 1.1 and 1.2 are UUIDs, and to
 * any other both answer as after the last page, or with 500: a list that is begun with a
 * token of something else would seem to be empty. Later versions refuse it themselves,
 * and what their tokens are is theirs alone.
 */
final class IdentityPageToken {

	private static final KratosVersion FIRST = new KratosVersion(1, 1);

	private static final KratosVersion LAST = new KratosVersion(1, 2);

	private static final int INDEX = 3;

	private final String token;

	private final ServerVersion server;

	private IdentityPageToken(String token, ServerVersion server) {
		this.token = token;
		this.server = server;
	}

	/**
	 * The token of a call, if it is one that 1.1 and 1.2 do not give.
	 */
	static @Nullable IdentityPageToken foreign(OperationArguments operation, @Nullable Object[] args,
			ServerVersion server) {
		Object token = operation.operation().equals("listIdentities") ? args[INDEX] : null;
		return (token != null && !Uuids.isUuid(token.toString())) ? new IdentityPageToken(token.toString(), server)
				: null;
	}

	/**
	 * Makes the call, unless the server is known to be one of these. Where the version is
	 * not known yet, it is asked for only if the response may come from one of them, as
	 * the tokens of others need no version.
	 */
	@Nullable Object list(IdentityLocks.Change call) throws Throwable {
		check(this.server.known());
		Object result;
		try {
			result = call.make();
		}
		catch (KratosServerException ex) {
			check(versionAfter(ex));
			throw ex;
		}
		if (result instanceof Page<?> page && page.items().isEmpty()) {
			check(this.server.get());
		}
		return result;
	}

	private @Nullable KratosVersion versionAfter(KratosServerException failure) {
		try {
			return this.server.get();
		}
		catch (KratosException ex) {
			// The first failure says what is wrong.
			failure.addSuppressed(ex);
			return null;
		}
	}

	private void check(@Nullable KratosVersion version) {
		if (version != null && List.of(FIRST, LAST).contains(version)) {
			throw new IllegalArgumentException(
					"listIdentities: page_token must be the nextPageToken of a page of this list"
							+ " or null for the first page, but '" + this.token + "' is none that Kratos " + version
							+ " gives");
		}
	}

}
