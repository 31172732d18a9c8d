package io.github.kratosadmin.test.embedded;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.github.kratosadmin.test.embedded.internal.http.AdminRequest;
import io.github.kratosadmin.test.embedded.internal.http.MalformedBodyException;
import io.github.kratosadmin.test.embedded.internal.http.Urls;
import io.github.kratosadmin.test.embedded.internal.identity.Credential;
import io.github.kratosadmin.test.embedded.internal.paging.KeysetPaging;
import io.github.kratosadmin.test.embedded.internal.paging.OneBasedPaging;
import io.github.kratosadmin.test.embedded.internal.paging.Paging;
import io.github.kratosadmin.test.embedded.internal.paging.ZeroBasedPaging;

/**
 * The eras of Kratos that {@link EmbeddedKratos} speaks. Each stands for the versions
 * from its own up to the next one's, as far as these do not differ, and answers as the
 * version it names. All differences between them are methods of this class.
 */
public enum KratosEra {

	/**
	 * Kratos 0.6. The admin port has everything, without a prefix and without asking for
	 * a session or a cookie. Pages of identities count from 1 while their {@code Link}
	 * counts from 0, and there is no total; ids descend. Failed readiness checks are
	 * named in {@code errors}, and so are self-service errors. An unknown field fails an
	 * update with 500. A verification flow that is not there is 200 and {@code null}.
	 */
	V0_6("v0.6.3-alpha.1"),

	/**
	 * Kratos 0.7. Flows, errors and schemas are redirected (307) to the public URL, which
	 * wants a session for a settings flow and refuses a browser's flow without its
	 * cookie. A self-service error is one {@code error}. Identities have a state; an
	 * update to an unknown one answers 400 with two JSON documents.
	 */
	V0_7("v0.7.6-alpha.1"),

	/**
	 * Kratos 0.10. The admin API is under {@code /admin}; every other path is redirected
	 * (307, relative) there. Lists tell their total. Identities have credentials and
	 * metadata; an update ignores unknown fields. Recovery links for nobody are 400, and
	 * lead to allowed addresses only. Schemas and the sessions of an identity can be
	 * listed, and sessions be extended.
	 */
	V0_10("v0.10.1"),

	/**
	 * Kratos 1.0. Pages of identities count from 0, and {@code credentials_identifier}
	 * filters them. Identities can be patched, where what a patch removes stays, and
	 * created many at once, all or none. Servers that are not ready answer with the error
	 * envelope. Recovery and verification are by code. All sessions are listed, by their
	 * ids, and so are messages; an administrator can have a recovery code.
	 */
	V1_0("v1.0.0"),

	/**
	 * Kratos 1.3. Without {@code page} a list of identities is paged by token, with a
	 * relative {@code Link} and no total; with it by numbers from 0, up to the 1000th
	 * identity. Ids ascend, and there are more filters. A batch tells what became of each
	 * of its identities, but is undone if one conflicts. Links to other providers can be
	 * deleted. A conflict has a reason. Registration asks for traits first. The newest
	 * sessions are listed first.
	 */
	V1_3("v1.3.1"),

	/**
	 * Kratos 26. The admin API is under {@code /admin} and without it, with no redirect
	 * between them. Pages have 500 identities at most, batches 1000, and filters are one
	 * at a time. Identities have an external id and links by SAML, and lose what a patch
	 * removes. All credentials can be deleted but the last to sign in with. No list that
	 * is paged by token tells a total. Subjects of messages have the code.
	 */
	V26("v26.2.0");

	private static final Pattern HASH_FORMATS_OF_0_10 = Pattern
		.compile("\\$2[abzy]?\\$|\\$argon2id?\\$|\\$pbkdf2-sha[0-9]{1,3}\\$");

	private static final Pattern HASH_FORMATS_OF_1_0 = Pattern
		.compile(HASH_FORMATS_OF_0_10 + "|\\$(md5|sha256|sha512)-crypt\\$|\\$scrypt\\$|\\{SSHA(256|512)?}"
				+ "|\\$sha(1|256|512)\\$|\\$firescrypt\\$|\\$md5\\$");

	private static final Pattern HASH_FORMATS_OF_1_3 = Pattern
		.compile(HASH_FORMATS_OF_1_0 + "|\\$hmac-(md4|md5|sha1|sha224|sha256|sha384|sha512)\\$");

	private final String version;

	KratosEra(String version) {
		this.version = version;
	}

	/**
	 * The version that a server of this era says it is.
	 * @return such as {@code v26.2.0}
	 */
	public String version() {
		return this.version;
	}

	private boolean since(KratosEra era) {
		return compareTo(era) >= 0;
	}

	// Where the operations are

	public boolean hasAdminPrefix() {
		return since(V0_10);
	}

	public boolean redirectsToAdminPrefix() {
		return hasAdminPrefix() && !since(V26);
	}

	/**
	 * Whether flows, errors and schemas are on the public port only, for those who may
	 * read them.
	 */
	public boolean redirectsToPublicUrl() {
		return since(V0_7);
	}

	// Lists

	public Paging paging(Urls urls) {
		if (since(V1_3)) {
			// 1.3 has no limit.
			return new KeysetPaging(since(V26) ? 500 : Integer.MAX_VALUE);
		}
		return since(V1_0) ? new ZeroBasedPaging(urls) : new OneBasedPaging(urls, since(V0_10));
	}

	/**
	 * Whether a numbered page can be asked for by a token too.
	 */
	public boolean pagesByOffset() {
		return since(V1_0);
	}

	public boolean linksRelatively() {
		return since(V1_3);
	}

	/**
	 * Whether the link to the next page comes with one to the first.
	 */
	public boolean linksFirstPageToo() {
		return since(V1_3);
	}

	public boolean tellsTotalOfTokenPages() {
		return !since(V26);
	}

	public boolean checksPageTokens() {
		return since(V1_3);
	}

	public boolean filtersByIdentifier() {
		return since(V1_0);
	}

	public boolean filtersByIds() {
		return since(V1_3);
	}

	public boolean limitsFilterByIds() {
		return since(V26);
	}

	public boolean filtersByOrganization() {
		return since(V26);
	}

	/**
	 * Whether what links an identity to another provider is an identifier to filter by.
	 */
	public boolean filtersByLinks() {
		return since(V1_3);
	}

	public boolean refusesSeveralFilters() {
		return since(V26);
	}

	/**
	 * The types of credentials that a request can ask to be shown; none if it cannot ask.
	 */
	public Set<String> credentialsToInclude() {
		if (since(V26)) {
			return Set.of("password", "oidc", "saml", "totp", "lookup_secret", "webauthn", "code", "link_recovery",
					"code_recovery", "passkey");
		}
		if (since(V1_3)) {
			return Set.of("password", "oidc", "totp", "lookup_secret", "webauthn", "code", "link_recovery",
					"code_recovery", "passkey");
		}
		if (since(V1_0)) {
			return Set.of("password", "oidc", "totp", "lookup_secret", "webauthn", "link_recovery", "code_recovery");
		}
		return since(V0_10) ? Set.of("oidc") : Set.of();
	}

	/**
	 * Whether an identity is refused with the name of the type that there is not.
	 */
	public boolean namesUnknownCredentials() {
		return !since(V1_0);
	}

	/**
	 * Whether a list is refused with the name of the type that there is not.
	 */
	public boolean namesUnknownCredentialsOfLists() {
		return since(V26);
	}

	public boolean listsCredentials() {
		return since(V1_3);
	}

	public boolean listsAdminMetadata() {
		return since(V1_0);
	}

	// Bodies of identities

	/**
	 * The name of Go's struct for a body.
	 * @param operation {@code Create} or {@code Update}
	 */
	public String nameOfBody(String operation) {
		if (since(V1_0)) {
			return operation + "IdentityBody";
		}
		return since(V0_7) ? "Admin" + operation + "IdentityBody" : operation + "Identity";
	}

	/**
	 * The body of a request, which is of 5 MiB at most after 1.0.
	 * @throws MalformedBodyException if there is more of it
	 */
	public byte[] limitBody(AdminRequest request) throws MalformedBodyException {
		if (since(V1_3) && request.body().length > 5 * 1024 * 1024) {
			throw new MalformedBodyException("http: request body too large");
		}
		return request.body();
	}

	public Set<String> fieldsOfCreate() {
		if (since(V26)) {
			return Set.of("schema_id", "traits", "state", "credentials", "verifiable_addresses", "recovery_addresses",
					"metadata_public", "metadata_admin", "external_id", "organization_id");
		}
		if (since(V0_10)) {
			return Set.of("schema_id", "traits", "state", "credentials", "verifiable_addresses", "recovery_addresses",
					"metadata_public", "metadata_admin");
		}
		return Set.of("schema_id", "traits");
	}

	public Set<String> fieldsOfUpdate() {
		if (since(V26)) {
			return Set.of("schema_id", "traits", "state", "credentials", "metadata_public", "metadata_admin",
					"external_id");
		}
		if (since(V1_0)) {
			return Set.of("schema_id", "traits", "state", "credentials", "metadata_public", "metadata_admin");
		}
		if (since(V0_10)) {
			return Set.of("schema_id", "traits", "state", "metadata_public", "metadata_admin");
		}
		return since(V0_7) ? Set.of("schema_id", "traits", "state") : Set.of("schema_id", "traits");
	}

	public boolean ignoresUnknownFieldsOfUpdate() {
		return since(V0_10);
	}

	public boolean updatesToUnknownStates() {
		return this == V0_7;
	}

	public Set<String> credentialsToImport() {
		return since(V26) ? Set.of("password", "oidc", "saml") : Set.of("password", "oidc");
	}

	public Set<String> fieldsOfPassword() {
		return since(V1_3) ? Set.of("hashed_password", "password", "use_password_migration_hook")
				: Set.of("hashed_password", "password");
	}

	public Set<String> fieldsOfLinks() {
		return since(V26) ? Set.of("providers") : Set.of("config", "providers");
	}

	/**
	 * The name of Go's struct for a provider.
	 */
	public String nameOfProvider(String type) {
		return "AdminCreateIdentityImportCredentials" + (since(V26) ? type.toUpperCase(Locale.ROOT) : "Oidc")
				+ "Provider";
	}

	public Set<String> fieldsOfProvider(String type) {
		if (!since(V26)) {
			return Set.of("subject", "provider");
		}
		return type.equals(Credential.SAML) ? Set.of("subject", "provider", "organization")
				: Set.of("subject", "provider", "organization", "use_auto_link");
	}

	/**
	 * What the hash of a password that is imported starts with.
	 */
	public Pattern hashFormats() {
		if (since(V1_3)) {
			return HASH_FORMATS_OF_1_3;
		}
		return since(V1_0) ? HASH_FORMATS_OF_1_0 : HASH_FORMATS_OF_0_10;
	}

	public boolean takesNoTraitsForEmptyTraits() {
		return since(V1_3);
	}

	// Patches and batches of identities

	/**
	 * Whether identities can be patched, which came with 0.11, and created many at once
	 * and their credentials deleted, which came with 0.13.
	 */
	public boolean patchesIdentities() {
		return since(V1_0);
	}

	/**
	 * Whether a patch is looked through before it is applied, and its paths are taken in
	 * any case.
	 */
	public boolean checksPatchesFirst() {
		return since(V26);
	}

	/**
	 * Whether an identity that is patched loses what the patch removes. Before, what was
	 * removed stayed.
	 */
	public boolean readsPatchedIdentitiesAnew() {
		return since(V26);
	}

	public int maxBatch() {
		return since(V26) ? 1000 : 2000;
	}

	public boolean limitsPlaintextPasswords() {
		return since(V26);
	}

	/**
	 * Whether a batch is carried out as far as possible.
	 */
	public boolean tellsErrorsOfBatches() {
		return since(V1_3);
	}

	/**
	 * Whether a conflict of one undoes what is told of the others.
	 */
	public boolean rollsBackBatches() {
		return this == V1_3;
	}

	public boolean explainsErrorsOfBatches() {
		return since(V26);
	}

	public boolean deletesLinks() {
		return since(V1_3);
	}

	public boolean deletesFirstFactors() {
		return since(V26);
	}

	// Identities

	public boolean hasStates() {
		return since(V0_7);
	}

	public boolean hasMetadata() {
		return since(V0_10);
	}

	public boolean hasExternalIds() {
		return since(V26);
	}

	public boolean hasOrganizations() {
		return since(V1_3);
	}

	public boolean showsCredentials() {
		return since(V0_7);
	}

	/**
	 * Whether a new or changed identity is answered as completely as one that is read.
	 */
	public boolean showsCredentialsOfChanges() {
		return since(V0_10);
	}

	public boolean datesNewCredentials() {
		return !since(V1_0);
	}

	public boolean versionsCredentials() {
		return since(V0_10);
	}

	public boolean showsThatAddressesAreNotVerified() {
		return !since(V0_10);
	}

	public boolean lowersAddresses() {
		return since(V0_10);
	}

	/**
	 * The types of credentials that traits can be identifiers of.
	 */
	public Set<String> credentialsWithIdentifiers() {
		if (since(V1_3)) {
			return Set.of(Credential.PASSWORD, Credential.WEBAUTHN, Credential.CODE);
		}
		return since(V0_10) ? Set.of(Credential.PASSWORD, Credential.WEBAUTHN) : Set.of(Credential.PASSWORD);
	}

	/**
	 * Whether the format of a trait, and not its way, decides what an address to verify
	 * looks like.
	 */
	public boolean verifiesByFormat() {
		return since(V1_3);
	}

	public boolean verifiesPhones() {
		return since(V0_10);
	}

	public boolean recoversByPhone() {
		return since(V26);
	}

	/**
	 * Whether an address in the traits is looked for in lower case among those that a
	 * request tells about.
	 */
	public boolean looksForAddressesInLowerCase() {
		return since(V1_0);
	}

	/**
	 * Whether those are in lower case too.
	 */
	public boolean lowersKnownAddresses() {
		return since(V1_3);
	}

	/**
	 * Whether an address that a request tells about gets what the request does not tell.
	 */
	public boolean completesImportedAddresses() {
		return since(V1_0);
	}

	public boolean forgetsVerificationOfUnverifiedAddresses() {
		return since(V1_3);
	}

	public boolean publishesEmptyOrganizations() {
		return this == V1_3;
	}

	public boolean storesAddressesAnewOnUpdate() {
		return !since(V1_0);
	}

	public boolean storesCredentialsAnewOnUpdate() {
		return !since(V26);
	}

	public boolean blamesConfigurationForEmptyIdentifiers() {
		return since(V26);
	}

	public boolean touchesIdentitiesOnUpdate() {
		return since(V26);
	}

	public boolean encodesSchemaIds() {
		return since(V0_10);
	}

	String prefixOfSessionTokens() {
		return since(V1_0) ? "ory_st_" : "";
	}

	// Sessions

	/**
	 * Whether sessions can be extended, and those of an identity listed and deleted.
	 */
	public boolean hasSessions() {
		return since(V0_10);
	}

	/**
	 * Whether all sessions can be listed, and one be read or disabled.
	 */
	public boolean listsAllSessions() {
		return since(V1_0);
	}

	public boolean sortsSessionsById() {
		return !since(V1_3);
	}

	public boolean tellsPagesOfIdentitySessions() {
		return since(V1_0);
	}

	/**
	 * Whether a session shows that it has expired, or that its identity is inactive.
	 */
	public boolean calculatesActivityOfSessions() {
		return since(V1_0);
	}

	public boolean showsIdentityOfExtendedSession() {
		return this != V1_0;
	}

	/**
	 * Whether a server can be told not to show the session that it extended.
	 */
	public boolean extendsSessionsSilently() {
		return since(V1_3);
	}

	public boolean hasDevices() {
		return since(V1_0);
	}

	// Messages

	public boolean listsMessages() {
		return since(V1_0);
	}

	public boolean hasCourierChannels() {
		return since(V1_3);
	}

	public boolean namesCodesInSubjects() {
		return since(V26);
	}

	public boolean encryptsTokensOfMessages() {
		return since(V26);
	}

	public int maxPageSizeOfMessages() {
		return since(V26) ? 500 : Integer.MAX_VALUE;
	}

	// Schemas

	/**
	 * Whether a server does not start with a schema that has no traits, among others. It
	 * looks at each as one of draft 7 too, whatever {@code $schema} says.
	 */
	public boolean checksSchemasAtStart() {
		return since(V0_10);
	}

	/**
	 * Whether a server refuses what it does not know in the extension of a schema.
	 */
	public boolean checksSchemaExtensions() {
		return since(V0_7);
	}

	/**
	 * What the extension of a schema can say: JSON texts, by the pointers to them.
	 */
	public Map<String, Set<String>> schemaExtension() {
		Set<String> flag = Set.of("true", "false");
		Set<String> email = Set.of("\"email\"");
		Set<String> emailOrSms = Set.of("\"email\"", "\"sms\"");
		Map<String, Set<String>> values = new HashMap<>();
		values.put("/credentials/password/identifier", flag);
		values.put("/verification/via", email);
		values.put("/recovery/via", email);
		if (since(V0_10)) {
			values.put("/credentials/webauthn/identifier", flag);
			values.put("/credentials/totp/account_name", flag);
			values.put("/verification/via", Set.of("\"email\"", "\"phone\""));
		}
		if (since(V1_3)) {
			values.put("/credentials/passkey/display_name", flag);
			values.put("/credentials/code/identifier", flag);
			values.put("/credentials/code/via", emailOrSms);
			values.put("/verification/via", emailOrSms);
		}
		if (since(V26)) {
			values.put("/recovery/via", emailOrSms);
			values.put("/organizations/matcher", Set.of("\"email_domain\""));
		}
		return values;
	}

	public boolean listsSchemas() {
		return since(V0_10);
	}

	public boolean writesNullForNoSchemas() {
		return !since(V26);
	}

	public boolean findsSchemasByEncodedIds() {
		return since(V0_10);
	}

	public boolean decodesIdsOfUnknownSchemas() {
		return since(V0_10) && !since(V26);
	}

	public boolean writesSchemasAnew() {
		return since(V26);
	}

	// Errors

	public int codeOfMalformedCreate() {
		return since(V1_3) ? 400 : 500;
	}

	public boolean debugsMalformedIds() {
		return !since(V1_0);
	}

	public boolean quotesMalformedIds() {
		return since(V0_10);
	}

	public boolean namesWrongDigitsOfIds() {
		return !since(V1_3);
	}

	public boolean explainsConflicts() {
		return since(V1_3);
	}

	public boolean namesConstraints() {
		return !since(V0_10);
	}

	public boolean namesFailedChecks() {
		return !since(V1_0);
	}

	public boolean listsSelfServiceErrors() {
		return !since(V0_7);
	}

	/**
	 * Whether the public port answers 403 for a self-service error that is not there.
	 */
	public boolean forbidsUnknownErrors() {
		return !since(V0_7);
	}

	public boolean findsSelfServiceErrorsById() {
		return since(V0_7);
	}

	// Recovery links and codes

	public boolean recoversOnlyAddresses() {
		return !since(V0_10);
	}

	public boolean recoversNobodyWith404() {
		return !since(V0_10);
	}

	public boolean createsRecoveryCodes() {
		return since(V1_0);
	}

	/**
	 * Whether a recovery code can be for other flows than a browser's.
	 */
	public boolean recoversByFlowType() {
		return since(V1_3);
	}

	public boolean rewritesDurations() {
		return since(V1_3);
	}

	public boolean checksReturnTo() {
		return since(V0_10);
	}

	public boolean blamesServerForReturnTo() {
		return !since(V1_0);
	}

	// Reading flows

	public boolean showsReturnTo() {
		return since(V0_7);
	}

	public boolean answersNullForUnknownVerification() {
		return !since(V0_10);
	}

	public boolean forbidsUnknownSettings() {
		return this == V0_7;
	}

	public boolean namesErrorsOfFlows() {
		return since(V0_10);
	}

	/**
	 * Whether the reason for which a browser's flow is refused is the true one.
	 */
	public boolean explainsMissingCookies() {
		return since(V26);
	}

	public boolean tellsHowLongAgoRecoveryExpired() {
		return since(V1_3);
	}

	// Flows and their forms

	/**
	 * What comes with the label of an input for a trait.
	 */
	public List<String> contextOfTraitLabels() {
		if (since(V26)) {
			return List.of("name", "title");
		}
		return since(V1_3) ? List.of("title") : List.of();
	}

	public boolean writesEmptyContexts() {
		return !since(V1_3);
	}

	public boolean writesEmptyMessages() {
		return since(V0_7);
	}

	public boolean repeatsTypesOfNodes() {
		return since(V0_10);
	}

	public boolean tellsRequiredTraits() {
		return since(V0_10);
	}

	public boolean completesInputs() {
		return since(V1_0);
	}

	public boolean separatesIdentifierFromPassword() {
		return since(V0_10);
	}

	public boolean labelsIdentifierAsTrait() {
		return since(V1_3);
	}

	public boolean labelsEmail() {
		return since(V0_10);
	}

	public boolean asksForTraitsFirst() {
		return since(V1_3);
	}

	public boolean startsFormsWithCsrfToken() {
		return since(V26);
	}

	public boolean losesMethodWhenLinkIsSent() {
		return !since(V0_7);
	}

	public boolean sendsCodes() {
		return since(V1_0);
	}

	public boolean describesCodes() {
		return since(V1_3);
	}

	public boolean continuesForms() {
		return since(V1_3);
	}

	public boolean hasSecondFactors() {
		return since(V0_10);
	}

	public boolean hasAuthenticatorAssuranceLevels() {
		return since(V0_10);
	}

	boolean allFlowsHaveStates() {
		return since(V1_3);
	}

	// Others

	public String contentTypeOfMetrics() {
		String contentType = "text/plain; version=0.0.4; charset=utf-8";
		return since(V26) ? contentType + "; escaping=underscores" : contentType;
	}

}
