package io.github.kratosadmin.internal.operation;

import io.github.kratosadmin.internal.feign.IdentityLocks;

import java.util.Map;

import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosServerException;
import io.github.kratosadmin.paging.Page;
import org.jspecify.annotations.Nullable;

/**
 * A page token of a list whose tokens are UUIDs in some versions of Kratos: that of
 * identities in 1.1 and 1.2, that of sessions from 0.11 to 1.0. To any other token these
 * answer as after the last page, or with 500: a list that is begun with a token of
 * something else would seem to be empty. Later versions refuse it themselves or begin
 * with the first page, and what their tokens are is theirs alone.
 */
public final class UuidPageToken {

	private static final Map<String, UuidList> LISTS = Map.of("listIdentities",
			new UuidList(3, new KratosVersion(1, 1), new KratosVersion(1, 2)), "listSessions",
			new UuidList(1, new KratosVersion(0, 11), new KratosVersion(1, 0)));

	private final String operation;

	private final UuidList list;

	private final String token;

	private final ServerVersion server;

	private UuidPageToken(String operation, UuidList list, String token, ServerVersion server) {
		this.operation = operation;
		this.list = list;
		this.token = token;
		this.server = server;
	}

	/**
	 * The token of a call, if it is one that versions with UUIDs do not give.
	 */
	public static @Nullable UuidPageToken foreign(Operation operation, @Nullable Object[] args,
			ServerVersion server) {
		UuidList list = LISTS.get(operation.operation());
		Object token = (list != null) ? args[list.argument()] : null;
		return (list != null && token != null && !Uuids.isUuid(token.toString()))
				? new UuidPageToken(operation.operation(), list, token.toString(), server) : null;
	}

	/**
	 * Makes the call, unless the server is known to be one of these. Where the version is
	 * not known yet, it is asked for only if the response may come from one of them, as
	 * the tokens of others need no version.
	 */
	public @Nullable Object list(IdentityLocks.Change call) throws Throwable {
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
		if (version != null && this.list.first().compareTo(version) <= 0 && this.list.last().compareTo(version) >= 0) {
			throw new IllegalArgumentException(
					this.operation + ": page_token must be the nextPageToken of a page of this list"
							+ " or null for the first page, but '" + this.token + "' is none that Kratos " + version
							+ " gives");
		}
	}

	/**
	 * A list whose page tokens are UUIDs.
	 *
	 * @param argument where the token is among the arguments
	 * @param first the first version
	 * @param last the last version
	 */
	private record UuidList(int argument, KratosVersion first, KratosVersion last) {

	}

}
