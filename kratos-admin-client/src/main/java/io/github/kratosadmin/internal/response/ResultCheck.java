package io.github.kratosadmin.internal.response;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.kratosadmin.courier.CourierMessage;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.identity.BatchPatchIdentities;
import io.github.kratosadmin.identity.BatchPatchIdentities.IdentityPatch;
import io.github.kratosadmin.identity.BatchPatchIdentitiesResult;
import io.github.kratosadmin.identity.BatchPatchIdentitiesResult.IdentityPatchResult;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.CredentialsType;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.ImportCredentials;
import io.github.kratosadmin.identity.UpdateIdentity;
import io.github.kratosadmin.internal.operation.Invocation;
import io.github.kratosadmin.internal.operation.Uuids;
import io.github.kratosadmin.selfservice.CreateTestLoginFlow;
import io.github.kratosadmin.selfservice.LoginFlow;
import io.github.kratosadmin.selfservice.LoginFlowTestContext;
import io.github.kratosadmin.selfservice.SelfServiceError;
import io.github.kratosadmin.selfservice.SelfServiceFlow;
import io.github.kratosadmin.session.Session;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.util.StringUtils;

/**
 * Checks that a result belongs to its request. If a server or proxy sends an additional
 * response on a connection, each later request gets the response to the previous one.
 */
final class ResultCheck {

	private ResultCheck() {
	}

	/**
	 * Checks whether a result belongs to another request.
	 * @param call the call
	 * @param result the result
	 * @return the difference from the request, or {@code null} if there is none
	 */
	static @Nullable String problem(Invocation call, Object result) {
		Object body = call.body();
		String problem = problem(call, body, result);
		return (problem != null && !call.operation().isRead())
				? problem + "; the change may still have been carried out" : problem;
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
	 * Checks whether an identity has another external id than requested.
	 * @throws OtherExternalIdException if the external ids are equal to a database
	 */
	private static @Nullable String otherExternalId(Invocation call, String requested, @Nullable String externalId) {
		if (requested.equals(externalId)) {
			return null;
		}
		if (externalId != null && IdentifierForm.collated(requested).equals(IdentifierForm.collated(externalId))) {
			throw new OtherExternalIdException(call.name());
		}
		return "it has another external id than requested";
	}

	private static @Nullable String other(Invocation call, @Nullable Object body, Object result) {
		String id = id(result);
		String requested = (id != null) ? requested(call) : null;
		if (id != null && requested != null && !Uuids.areSame(requested, id)) {
			return "it has another id than requested";
		}
		if (body instanceof CreateTestLoginFlow sent && result instanceof LoginFlow flow) {
			return otherProvider(sent, flow);
		}
		return (body instanceof UpdateIdentity sent && result instanceof Identity identity) ? ignored(sent, identity)
				: null;
	}

	private static @Nullable String otherProvider(CreateTestLoginFlow sent, LoginFlow flow) {
		LoginFlowTestContext test = flow.testContext();
		return (test == null || !sent.providerId().equals(test.providerId()))
				? "it does not test the requested provider" : null;
	}

	/**
	 * Checks whether the server has ignored the external id, as servers before 25.4 do,
	 * or second factors, as servers up to 26.2 do. The version check does not reject the
	 * call if the server hides its version.
	 */
	private static @Nullable String ignored(UpdateIdentity sent, Identity identity) {
		String externalId = sent.externalId();
		if (StringUtils.hasLength(externalId) && !externalId.equals(identity.externalId())) {
			return "the server has ignored the external id, and carried out the rest";
		}
		Set<String> types = identity.credentials().keySet();
		return factors(sent.credentials()).filter((type) -> !types.contains(type.value()))
			.findFirst()
			.map((type) -> "the server has ignored the credentials of type " + type + ", and carried out the rest")
			.orElse(null);
	}

	private static Stream<CredentialsType> factors(@Nullable ImportCredentials sent) {
		if (sent == null) {
			return Stream.empty();
		}
		return Stream
			.of(factor(CredentialsType.TOTP, sent.totp()), factor(CredentialsType.LOOKUP_SECRET, sent.lookupSecret()),
					factor(CredentialsType.WEBAUTHN, sent.webauthn()), factor(CredentialsType.PASSKEY, sent.passkey()))
			.flatMap(Optional::stream);
	}

	private static Optional<CredentialsType> factor(CredentialsType type, @Nullable Object sent) {
		return (sent != null) ? Optional.of(type) : Optional.empty();
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

	private static @Nullable String requested(Invocation call) {
		String error = call.text("error");
		// For a stub, Kratos generates an error with an id of its own.
		return (error == null || error.startsWith("stub:")) ? call.text("id") : error;
	}

	private static @Nullable String otherIdentity(String requested, List<?> sessions) {
		for (Object item : sessions) {
			Identity identity = (item instanceof Session session) ? session.identity() : null;
			if (identity != null && !Uuids.areSame(requested, identity.id())) {
				return "there is a session of another identity than requested";
			}
		}
		return null;
	}

	private static @Nullable String otherMessage(Invocation call, List<?> messages) {
		String recipient = (call.text("recipient") != null) ? IdentifierForm.collated(call.text("recipient")) : null;
		String status = call.text("status");
		for (Object item : messages) {
			if (item instanceof CourierMessage message) {
				if (recipient != null && (message.recipient() == null
						|| !recipient.equals(IdentifierForm.collated(message.recipient())))) {
					return "there is a message to another recipient than requested";
				}
				if (status != null && message.status() != null && !status.equals(message.status().value())) {
					return "there is a message with another status than requested";
				}
			}
		}
		return null;
	}

	/**
	 * Checks whether an identity is not the one to create: it has another schema or
	 * external id, or traits without any of the addresses sent. If there are no
	 * addresses, all texts are compared. Kratos may normalize some of them.
	 */
	private static @Nullable String created(CreateIdentity sent, Identity identity) {
		if (differs(sent.schemaId(), identity.schemaId())) {
			return "it has another schema than requested";
		}
		if (differs(sent.externalId(), identity.externalId())) {
			return "it has another external id than requested";
		}
		if (sent.traits().equals(identity.traits())) {
			return null;
		}
		List<String> sentTexts = texts(sent.traits()).toList();
		List<String> texts = texts(identity.traits()).toList();
		boolean addresses = Stream.of(sentTexts, texts)
			.allMatch((list) -> list.stream().anyMatch(ResultCheck::isAddress));
		return haveNoneInCommon(sentTexts, texts, addresses) ? "it has other traits than requested" : null;
	}

	private static boolean haveNoneInCommon(List<String> sent, List<String> received, boolean addresses) {
		Predicate<String> compared = (text) -> !addresses || isAddress(text);
		Set<String> texts = sent.stream().filter(compared).map(IdentifierForm::of).collect(Collectors.toSet());
		return !texts.isEmpty() && !received.isEmpty()
				&& received.stream().filter(compared).map(IdentifierForm::of).noneMatch(texts::contains);
	}

	private static boolean isAddress(String text) {
		return text.contains("@");
	}

	private static Stream<String> texts(JsonNode traits) {
		return traits.isString() ? Stream.of(traits.stringValue()) : traits.valueStream().flatMap(ResultCheck::texts);
	}

	private static boolean differs(@Nullable String sent, @Nullable String received) {
		// An empty schema id stands for the default schema.
		return StringUtils.hasLength(sent) && received != null && !sent.equals(received);
	}

	/**
	 * Checks whether the results are those of another batch: Kratos returns one for each
	 * identity, in the same order, with its patch id.
	 */
	private static @Nullable String otherBatch(List<IdentityPatch> sent, List<IdentityPatchResult> results) {
		if (results.size() > sent.size()) {
			return "there are more results than identities sent";
		}
		if (isInOrder(sent, results)) {
			return null;
		}
		Set<String> patchIds = canonical(sent.stream().map(IdentityPatch::patchId));
		return patchIds.containsAll(canonical(results.stream().map(IdentityPatchResult::patchId))) ? null
				: "it has a patch id that was not sent";
	}

	/**
	 * Returns whether each result has the patch id that was sent at its place, as those
	 * of Kratos have.
	 */
	private static boolean isInOrder(List<IdentityPatch> sent, List<IdentityPatchResult> results) {
		for (int i = 0; i < results.size(); i++) {
			String patchId = results.get(i).patchId();
			if (patchId != null && !patchId.equals(sent.get(i).patchId())) {
				return false;
			}
		}
		return true;
	}

	private static Set<String> canonical(Stream<@Nullable String> patchIds) {
		return patchIds.filter(Objects::nonNull).map(Uuids::canonical).collect(Collectors.toSet());
	}

	/**
	 * No identity has the external id, although the server has found one.
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
