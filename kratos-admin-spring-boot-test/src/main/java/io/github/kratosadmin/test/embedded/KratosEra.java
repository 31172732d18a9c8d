package io.github.kratosadmin.test.embedded;

/**
 * The eras of Kratos that {@link EmbeddedKratos} can imitate. An era behaves as the
 * {@link #version() version} it names, and represents the versions up to the next era.
 */
public enum KratosEra {

	/**
	 * Kratos 0.6. The admin port has all operations, without a prefix, and needs no
	 * session or cookie. Pages of identities count from 1 while their {@code Link} counts
	 * from 0, and there is no total. Ids descend. Failed readiness checks are named in
	 * {@code errors}, and so are self-service errors. An update with an unknown field
	 * fails with 500. The response for an unknown verification flow is 200 with
	 * {@code null}.
	 */
	V0_6("v0.6.3-alpha.1"),

	/**
	 * Kratos 0.7. Flows, errors and schemas are redirected (307) to the public URL, which
	 * requires a session for a settings flow and refuses the flow of a browser without
	 * its cookie. A self-service error is one {@code error}. Identities have a state. The
	 * response to an update with an unknown state is 400 with two JSON documents.
	 */
	V0_7("v0.7.6-alpha.1"),

	/**
	 * Kratos 0.10. The admin API is under {@code /admin}; every other path is redirected
	 * (307, relative) there. Lists have a total. Identities have credentials and
	 * metadata. An update ignores unknown fields. A recovery link for an unknown identity
	 * fails with 400, and {@code return_to} must be an allowed URL. Schemas and the
	 * sessions of an identity can be listed, and sessions extended.
	 */
	V0_10("v0.10.1"),

	/**
	 * Kratos 1.0. Pages of identities count from 0, and {@code credentials_identifier}
	 * filters them. Identities can be patched, but a field that a patch removes stays.
	 * Many identities can be created at once, all or none. The readiness check fails with
	 * the error envelope. Recovery and verification are by code. All sessions, ordered by
	 * id, and messages can be listed. An administrator can create a recovery code.
	 */
	V1_0("v1.0.0"),

	/**
	 * Kratos 1.3. Lists of identities are paged by token, with a relative {@code Link}
	 * and no total. With {@code page} they are paged by numbers from 0, up to the 1000th
	 * identity. Ids ascend, and there are more filters. A batch has a result for each
	 * identity, but a conflict undoes the whole batch. Links to other providers can be
	 * deleted. A conflict has a reason. Registration asks for traits first. The newest
	 * sessions are listed first.
	 */
	V1_3("v1.3.1"),

	/**
	 * Kratos 26. The admin API is at {@code /admin} and at the root, without a redirect
	 * between them. A page has at most 500 identities, a batch at most 1000, and filters
	 * cannot be combined. Identities have an external id and links by SAML, and lose the
	 * fields that a patch removes. All credentials can be deleted, except the last that
	 * can sign in. Lists that are paged by token have no total. The subject of a message
	 * has the code.
	 */
	V26("v26.2.0"),

	/**
	 * The main branch of Kratos as of 2026-07-29, which is in no release yet. It may
	 * change until the release, and its version is that of a server built without one.
	 * Sessions of many identities can be disabled or deleted at once, and test login
	 * flows started. Authenticator apps, lookup secrets, security keys and passkeys can
	 * be imported. Identifiers and addresses are normalized: NFKC, without invisible
	 * characters, and phone numbers in E.164, also in the traits. An address with
	 * invisible characters is refused, and so are hashes of passwords that are malformed
	 * or too expensive. The response to a request with a region has the region, but it is
	 * not stored. The identity of a session has its admin metadata.
	 */
	NEXT("master");

	private final String version;

	KratosEra(String version) {
		this.version = version;
	}

	/**
	 * The version that a server of this era returns.
	 * @return such as {@code v26.2.0}
	 */
	public String version() {
		return this.version;
	}

	/**
	 * Whether this era is the given one or a later one.
	 * @param era the other era
	 * @return true if it is
	 */
	public boolean isAtLeast(KratosEra era) {
		return compareTo(era) >= 0;
	}

}
