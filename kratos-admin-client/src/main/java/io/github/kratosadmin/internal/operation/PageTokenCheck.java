package io.github.kratosadmin.internal.operation;

import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosServerException;
import io.github.kratosadmin.paging.Page;
import org.jspecify.annotations.Nullable;

/**
 * Checks the page token of a list whose tokens are {@link UuidPageToken UUIDs} in some
 * versions. Those versions return an empty page or 500 for any other token. Other
 * versions reject invalid tokens themselves or return the first page.
 */
public final class PageTokenCheck {

	private final Operation operation;

	private final Operation.ForeignToken foreign;

	private final ServerVersion server;

	public PageTokenCheck(Operation operation, Operation.ForeignToken foreign, ServerVersion server) {
		this.operation = operation;
		this.foreign = foreign;
		this.server = server;
	}

	/**
	 * Lists a page, unless the server is known to have one of those versions. An unknown
	 * version is requested only if the response may be from one of them, as no other
	 * version needs the check.
	 */
	public @Nullable Object list(Action call) throws Throwable {
		check(this.server.known());
		Object result;
		try {
			result = call.run();
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
			// The first failure is the relevant one.
			failure.addSuppressed(ex);
			return null;
		}
	}

	private void check(@Nullable KratosVersion version) {
		if (version != null && this.foreign.from().compareTo(version) <= 0
				&& (this.foreign.to().compareTo(version) >= 0 || this.foreign.to().hasSameMinor(version))) {
			throw new IllegalArgumentException(this.operation.name() + ": " + this.foreign.parameter()
					+ " must be the nextPageToken of a page of this list" + " or null for the first page, but '"
					+ this.foreign.token() + "' is not a token of Kratos " + version);
		}
	}

}
