package io.github.kratosadmin.internal.response;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.kratosadmin.courier.CourierMessage;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.identity.BatchPatchIdentities;
import io.github.kratosadmin.identity.BatchPatchIdentities.IdentityPatch;
import io.github.kratosadmin.identity.BatchPatchIdentitiesResult;
import io.github.kratosadmin.identity.BatchPatchIdentitiesResult.IdentityPatchResult;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.UpdateIdentity;
import io.github.kratosadmin.internal.operation.Invocation;
import io.github.kratosadmin.internal.operation.Uuids;
import io.github.kratosadmin.selfservice.SelfServiceError;
import io.github.kratosadmin.selfservice.SelfServiceFlow;
import io.github.kratosadmin.session.Session;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.util.StringUtils;

/**
 * Checks that a result belongs to its request. If a server or proxy sends one response
 * too many on a connection, each later request gets the response to the one before.
 */
final class ResultCheck {

	private static final int PHONE_DIGITS = 4;

	private static final Pattern PHONE = Pattern.compile("\\d{" + PHONE_DIGITS + ",}");

	private ResultCheck() {
	}

	/**
	 * Looks for what shows that a result belongs to another request.
	 * @param call what was asked for
	 * @param result the result
	 * @return what shows it, or {@code null} if nothing does
	 */
	static @Nullable String problem(Invocation call, Object result) {
		Object body = call.body();
		String problem = problem(call, body, result);
		return (problem != null && !call.operation().isRead())
				? problem + "; what was asked for may have been done all the same" : problem;
	}

	private static @Nullable String problem(Invocation call, @Nullable Object body, Object result) {
		if (body instanceof CreateIdentity sent && result instanceof Identity identity) {
			return created(sent, identity);
		}
		if (body instanceof BatchPatchIdentities sent && result instanceof BatchPatchIdentitiesResult results) {
			return otherBatch(sent.identities(), results.identities());
		}
		if (result instanceof List<?> items) {
			return otherItem(call, items);
		}
		String externalId = call.text("externalID");
		return (externalId != null && result instanceof Identity identity)
				? otherExternalId(call, externalId, identity.externalId()) : other(call, body, result);
	}

	private static @Nullable String otherItem(Invocation call, List<?> items) {
		String identityId = call.text("id");
		return (identityId != null) ? otherIdentity(identityId, items) : otherMessage(call, items);
	}

	/**
	 * What shows that an identity has another external id than was asked for.
	 * @throws OtherExternalIdException if a database finds no difference between them
	 */
	private static @Nullable String otherExternalId(Invocation call, String asked, @Nullable String externalId) {
		if (asked.equals(externalId)) {
			return null;
		}
		if (externalId != null && collated(asked).equals(collated(externalId))) {
			throw new OtherExternalIdException(call.name());
		}
		return "it is that of an identity with another external id";
	}

	/**
	 * As MySQL and MariaDB compare texts: without case, accents and trailing spaces.
	 */
	private static String collated(String text) {
		String base = Normalizer.normalize(text, Normalizer.Form.NFKD).replaceAll("\\p{M}", "");
		return base.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT).strip();
	}

	/**
	 * What is the same of a text in whatever form Kratos writes it: its letters and
	 * digits.
	 */
	static String essence(String text) {
		return collated(text).replaceAll("[^\\p{L}\\p{N}]", "");
	}

	private static @Nullable String other(Invocation call, @Nullable Object body, Object result) {
		String id = id(result);
		String asked = (id != null) ? asked(call) : null;
		if (id != null && asked != null && !Uuids.areSame(asked, id)) {
			return "it is that of another one than was asked for";
		}
		return (body instanceof UpdateIdentity sent && result instanceof Identity identity)
				? ignoredExternalId(sent, identity) : null;
	}

	/**
	 * Servers before 25.4 take no notice of an external id. One that hides its version is
	 * not known to be one.
	 */
	private static @Nullable String ignoredExternalId(UpdateIdentity sent, Identity identity) {
		String externalId = sent.externalId();
		return (StringUtils.hasLength(externalId) && !externalId.equals(identity.externalId()))
				? "the server has ignored the external id, and carried out the rest" : null;
	}

	private static @Nullable String id(Object result) {
		if (result instanceof Identity identity) {
			return identity.id();
		}
		if (result instanceof Session session) {
			return session.id();
		}
		if (result instanceof CourierMessage message) {
			return message.id();
		}
		if (result instanceof SelfServiceFlow flow) {
			return flow.id();
		}
		return (result instanceof SelfServiceError error) ? error.id() : null;
	}

	private static @Nullable String asked(Invocation call) {
		String error = call.text("error");
		// Kratos makes up the error of a stub, with an id of its own.
		return (error == null || error.startsWith("stub:")) ? call.text("id") : error;
	}

	private static @Nullable String otherIdentity(String asked, List<?> sessions) {
		for (Object item : sessions) {
			Identity identity = (item instanceof Session session) ? session.identity() : null;
			if (identity != null && !Uuids.areSame(asked, identity.id())) {
				return "there is a session of another identity than was asked for";
			}
		}
		return null;
	}

	private static @Nullable String otherMessage(Invocation call, List<?> messages) {
		String recipient = (call.text("recipient") != null) ? collated(call.text("recipient")) : null;
		String status = call.text("status");
		for (Object item : messages) {
			if (item instanceof CourierMessage message) {
				if (recipient != null
						&& (message.recipient() == null || !recipient.equals(collated(message.recipient())))) {
					return "there is a message to another recipient than was asked for";
				}
				if (status != null && message.status() != null && !status.equals(message.status().value())) {
					return "there is a message with another status than was asked for";
				}
			}
		}
		return null;
	}

	/**
	 * What shows that an identity is not the one that was to be created: another schema
	 * or external id, or traits none of whose addresses was sent, or no text where there
	 * are no addresses. Kratos may write some of them differently.
	 */
	private static @Nullable String created(CreateIdentity sent, Identity identity) {
		if (differs(sent.schemaId(), identity.schemaId())) {
			return "it is that of an identity with another schema";
		}
		if (differs(sent.externalId(), identity.externalId())) {
			return "it is that of an identity with another external id";
		}
		if (sent.traits().equals(identity.traits())) {
			return null;
		}
		List<String> sentTexts = texts(sent.traits()).toList();
		List<String> texts = texts(identity.traits()).toList();
		boolean addresses = Stream.of(sentTexts, texts)
			.allMatch((list) -> list.stream().anyMatch(ResultCheck::isAddress));
		return haveNoneInCommon(sentTexts, texts, addresses) ? "it is that of an identity with other traits" : null;
	}

	private static boolean haveNoneInCommon(List<String> sent, List<String> received, boolean addresses) {
		Predicate<String> compared = (text) -> !addresses || isAddress(text);
		Set<String> texts = sent.stream().filter(compared).map(ResultCheck::essenceOfTrait).collect(Collectors.toSet());
		return !texts.isEmpty() && !received.isEmpty()
				&& received.stream().filter(compared).map(ResultCheck::essenceOfTrait).noneMatch(texts::contains);
	}

	/**
	 * The same of a text, and the last digits of a phone number: after 26.2 Kratos writes
	 * it in its international form, without the zero within.
	 */
	private static String essenceOfTrait(String text) {
		String essence = essence(text);
		return PHONE.matcher(essence).matches() ? essence.substring(essence.length() - PHONE_DIGITS) : essence;
	}

	private static boolean isAddress(String text) {
		return text.contains("@");
	}

	private static Stream<String> texts(JsonNode traits) {
		return traits.isString() ? Stream.of(traits.stringValue()) : traits.valueStream().flatMap(ResultCheck::texts);
	}

	private static boolean differs(@Nullable String sent, @Nullable String received) {
		// An empty schema is the default one.
		return StringUtils.hasLength(sent) && received != null && !sent.equals(received);
	}

	/**
	 * What shows that the results are not those of a batch: Kratos has one for each
	 * identity, in their order, with its patch id.
	 */
	private static @Nullable String otherBatch(List<IdentityPatch> sent, List<IdentityPatchResult> results) {
		if (results.size() > sent.size()) {
			return "there are more results than identities were sent";
		}
		Set<String> patchIds = canonical(sent.stream().map(IdentityPatch::patchId));
		return patchIds.containsAll(canonical(results.stream().map(IdentityPatchResult::patchId))) ? null
				: "it has a patch id that was not sent";
	}

	private static Set<String> canonical(Stream<@Nullable String> patchIds) {
		return patchIds.filter(Objects::nonNull).map(Uuids::canonical).collect(Collectors.toSet());
	}

	/**
	 * Nobody has the external id, although the server has found somebody.
	 */
	private static final class OtherExternalIdException extends KratosNotFoundException {

		OtherExternalIdException(String operation) {
			super(operation, 200, ErrorReader.error("the identity that the server found has another external id:"
					+ " its database compares them without case, accents and trailing spaces"));
		}

		@Override
		public boolean isAbsent() {
			return true;
		}

	}

}
