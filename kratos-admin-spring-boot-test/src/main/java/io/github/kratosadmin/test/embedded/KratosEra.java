package io.github.kratosadmin.test.embedded;

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

	/**
	 * Whether this era is another one or came after it.
	 * @param era the other era
	 * @return whether it is
	 */
	public boolean isAtLeast(KratosEra era) {
		return compareTo(era) >= 0;
	}

}
