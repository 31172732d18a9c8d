package io.github.kratosadmin.internal.operation;

/**
 * How Kratos pages its lists.
 */
public enum Paging {

	/** Numbered up to Kratos 1.0, from 0 or 1; with tokens of the server since. */
	IDENTITIES,

	/** Numbered from 1, without a {@code Link} header up to Kratos 0.10. */
	IDENTITY_SESSIONS,

	/** Numbered from 0; a page repeats a part of the following ones. */
	SCHEMAS,

	/** With tokens of the server. */
	SESSIONS,

	/** Numbered from 1 in Kratos 0.11.0; with tokens of the server since. */
	COURIER_MESSAGES

}
