package io.github.kratosadmin.internal.response;

import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.internal.operation.KratosVersion;
import io.github.kratosadmin.internal.operation.Operation;
import io.github.kratosadmin.internal.operation.Uuids;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a list of identities matches its filter. A server that does not support a
 * filter returns all identities, and the cached version may be that of a server that has
 * since been replaced.
 */
final class FilterCheck {

	private static final String IDS = "ids";

	private static final String ORGANIZATION = "organization_id";

	private static final String IDENTIFIER = "credentials_identifier";

	static final List<String> FILTERS = List.of(IDS, ORGANIZATION, IDENTIFIER);

	/** An identifier that no identity has. */
	private final String unusedIdentifier = "nobody-" + UUID.randomUUID();

	private final PageReader.Server server;

	FilterCheck(PageReader.Server server) {
		this.server = server;
	}

	void check(ListResponse page) {
		checkUuids(page, IDS, Identity::id);
		checkUuids(page, ORGANIZATION, Identity::organizationId);
		checkIdentifier(page);
	}

	private static void checkUuids(ListResponse page, String parameter, Id id) {
		List<String> requested = requested(page, parameter).map(Uuids::canonical).toList();
		if (!requested.isEmpty()) {
			find(page, (identity) -> {
				String value = id.of(identity);
				return value == null || !requested.contains(Uuids.canonical(value));
			}).forEach((identity) -> ignored(page, parameter, identity));
		}
	}

	private static Stream<String> requested(ListResponse page, String parameter) {
		Object value = page.call().value(parameter);
		if (value instanceof List<?> list) {
			return list.stream().map(Object::toString);
		}
		return Stream.ofNullable(value).map(Object::toString);
	}

	/**
	 * Checks the identifiers. Kratos stores and searches a normalized form, which depends
	 * on its version. If an identity does not have exactly the requested identifier, the
	 * server may have ignored the filter, or this may be the response to another request.
	 * A request on a new connection shows whether it is.
	 */
	private void checkIdentifier(ListResponse page) {
		String requested = page.requested(IDENTIFIER);
		if (requested == null || requested.equals(this.unusedIdentifier) || this.server.onNewConnection()) {
			return;
		}
		String identifier = requested.strip();
		List<Identity> doubtful = find(page, (identity) -> !hasIdentifier(identity, identifier));
		if (doubtful.isEmpty()) {
			return;
		}
		if (ignoresIdentifiers(page.call().operation())) {
			ignored(page, IDENTIFIER, doubtful.get(0));
		}
		List<Identity> others = doubtful.stream()
			.filter((identity) -> hasOtherIdentifiersOnly(identity, identifier))
			.toList();
		if (!others.isEmpty()) {
			checkOnNewConnection(page, identifier, others);
		}
	}

	private void checkOnNewConnection(ListResponse page, String identifier, List<Identity> others) {
		List<String> ids = this.server.findByIdentifierOnNewConnection(identifier)
			.items()
			.stream()
			.map((item) -> ((Identity) item).id())
			.toList();
		for (Identity identity : others) {
			if (!ids.contains(identity.id())) {
				throw page.unreadable("identity " + identity.id()
						+ " does not have the requested identifier: this is the response to another request");
			}
		}
	}

	/**
	 * Whether an identity has identifiers, but none that equals another form of this one.
	 */
	private static boolean hasOtherIdentifiersOnly(Identity identity, String identifier) {
		List<String> identifiers = identifiers(identity).toList();
		String requested = IdentifierForm.essence(identifier);
		return !identifiers.isEmpty() && identifiers.stream().map(IdentifierForm::essence).noneMatch(requested::equals);
	}

	private boolean ignoresIdentifiers(Operation operation) {
		KratosVersion version = this.server.askVersion();
		return (version != null) ? !operation.knows(IDENTIFIER, version)
				: !this.server.findByIdentifier(this.unusedIdentifier).items().isEmpty();
	}

	private static boolean hasIdentifier(Identity identity, String identifier) {
		return identifiers(identity).anyMatch(identifier::equalsIgnoreCase);
	}

	private static Stream<String> identifiers(Identity identity) {
		return identity.credentials().values().stream().flatMap((credentials) -> credentials.identifiers().stream());
	}

	private static List<Identity> find(ListResponse page, Predicate<Identity> predicate) {
		return page.items()
			.stream()
			.filter(Identity.class::isInstance)
			.map(Identity.class::cast)
			.filter(predicate)
			.toList();
	}

	private static void ignored(ListResponse page, String parameter, Identity identity) {
		throw page.unreadable(
				"identity " + identity.id() + " does not match " + parameter + ": the server has ignored the filter");
	}

	private interface Id {

		@Nullable String of(Identity identity);

	}

}
