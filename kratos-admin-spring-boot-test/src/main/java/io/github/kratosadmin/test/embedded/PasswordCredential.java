package io.github.kratosadmin.test.embedded;

import java.time.Instant;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The password of an identity, with which nobody can sign in.
 *
 * @param identifiers what it goes with
 * @param hash the hash of the password, if there is one
 * @param createdAt when it was first stored
 * @param updatedAt when it was last stored
 */
record PasswordCredential(Set<String> identifiers, @Nullable String hash, Instant createdAt, Instant updatedAt) {

	@Override
	public String toString() {
		return "PasswordCredential[identifiers=" + this.identifiers + "]";
	}

}
