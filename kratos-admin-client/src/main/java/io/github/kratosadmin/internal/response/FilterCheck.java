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
 * Checks that a list of identities matches its filter. A server that does not know a
 * filter returns all identities, and the cached version may be that of a server that has
 * been replaced.
 */
public final class FilterCheck {

	private static final String IDS = "ids";

	private static final String ORGANIZATION = "organization_id";

	private static final String IDENTIFIER = "credentials_identifier";

	static final List<String> FILTERS = List.of(IDS, ORGANIZATION, IDENTIFIER);

	/** What nobody signs in with. */
	private final String nobody = "nobody-" + UUID.randomUUID();

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
		List<String> asked = asked(page, parameter).map(Uuids::canonical).toList();
		if (!asked.isEmpty()) {
			find(page, (identity) -> {
				String value = id.of(identity);
				return value == null || !asked.contains(Uuids.canonical(value));
			}).forEach((identity) -> ignored(page, parameter, identity));
		}
	}

	private static Stream<String> asked(ListResponse page, String parameter) {
		Object value = page.call().value(parameter);
		if (value instanceof List<?> list) {
			return list.stream().map(Object::toString);
		}
		return Stream.ofNullable(value).map(Object::toString);
	}

	/**
	 * Kratos keeps and looks for a normal form of what identities sign in with, which
	 * depends on the version: that an identity does not carry what was asked for, letter
	 * for letter, does not tell that the filter was ignored, or that this is the response
	 * to another request: another connection does.
	 */
	private void checkIdentifier(ListResponse page) {
		String asked = page.asked(IDENTIFIER);
		if (asked == null || asked.equals(this.nobody) || this.server.onNewConnection()) {
			return;
		}
		String identifier = asked.strip();
		List<Identity> doubtful = find(page, (identity) -> !hasIdentifier(identity, identifier));
		if (doubtful.isEmpty()) {
			return;
		}
		if (ignoresIdentifiers(page.call().operation())) {
			ignored(page, IDENTIFIER, doubtful.get(0));
		}
		List<Identity> strange = doubtful.stream()
			.filter((identity) -> signsInWithSomethingElse(identity, identifier))
			.toList();
		if (!strange.isEmpty()) {
			askAgain(page, identifier, strange);
		}
	}

	private void askAgain(ListResponse page, String identifier, List<Identity> strange) {
		List<String> ids = this.server.findByIdentifierOnNewConnection(identifier)
			.items()
			.stream()
			.map((item) -> ((Identity) item).id())
			.toList();
		for (Identity identity : strange) {
			if (!ids.contains(identity.id())) {
				throw page.unreadable("identity " + identity.id()
						+ " does not sign in with what was asked for: this is the response to another request");
			}
		}
	}

	/**
	 * Whether an identity has identifiers, but none that is the same in another form.
	 */
	private static boolean signsInWithSomethingElse(Identity identity, String identifier) {
		List<String> identifiers = identifiers(identity).toList();
		String asked = ResultCheck.essence(identifier);
		return !identifiers.isEmpty() && identifiers.stream().map(ResultCheck::essence).noneMatch(asked::equals);
	}

	private boolean ignoresIdentifiers(Operation operation) {
		KratosVersion version = this.server.askVersion();
		return (version != null) ? !operation.knows(IDENTIFIER, version)
				: !this.server.findByIdentifier(this.nobody).items().isEmpty();
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
				"identity " + identity.id() + " is not what " + parameter + " asks for: the server has ignored it");
	}

	private interface Id {

		@Nullable String of(Identity identity);

	}

}
