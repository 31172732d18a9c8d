package io.github.kratosadmin;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

import io.github.kratosadmin.error.KratosUnreadableAnswerException;
import io.github.kratosadmin.identity.Identity;

import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriUtils;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Checks that a list of identities has none but those that were asked for: a server that
 * does not know a filter answers with everybody, and the version that it told earlier may
 * have been another server's.
 */
final class ListFilter {

	private ListFilter() {
	}

	static void check(String operation, int status, MultiValueMap<String, String> asked, List<?> items) {
		check(operation, status, asked, "ids", items, (identity, ids) -> ids.contains(identity.id()));
		check(operation, status, asked, "organization_id", items,
				(identity, ids) -> identity.organizationId() != null && ids.contains(identity.organizationId()));
		check(operation, status, asked, "credentials_identifier", items,
				(identity, identifiers) -> hasIdentifier(identity, identifiers.get(0)));
	}

	private static void check(String operation, int status, MultiValueMap<String, String> asked, String parameter,
			List<?> items, Filter filter) {
		List<String> values = asked.getOrDefault(parameter, List.of())
			.stream()
			.filter(Objects::nonNull)
			.map((value) -> UriUtils.decode(value, UTF_8).toLowerCase(Locale.ROOT))
			.toList();
		if (values.isEmpty()) {
			return;
		}
		for (Object item : items) {
			if (item instanceof Identity identity && !filter.lets(identity, values)) {
				throw new KratosUnreadableAnswerException(operation, status, "identity " + identity.id()
						+ " is not what " + parameter + " asks for: the server has ignored it");
			}
		}
	}

	/**
	 * Whether an identity signs in with something. Kratos keeps some of it in lower case.
	 */
	private static boolean hasIdentifier(Identity identity, String identifier) {
		return identity.credentials()
			.values()
			.stream()
			.flatMap((credentials) -> credentials.identifiers().stream())
			.anyMatch(identifier.strip()::equalsIgnoreCase);
	}

	private interface Filter {

		boolean lets(Identity identity, List<String> values);

	}

}
