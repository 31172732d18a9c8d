package io.github.kratosadmin.test.embedded;

/**
 * A session issued by {@link EmbeddedKratos}. {@link #toString()} leaves out the token.
 *
 * @param id the id of the session
 * @param identityId the id of the identity that is signed in
 * @param token the session token, a secret
 */
public record IssuedSession(String id, String identityId, String token) {

	@Override
	public String toString() {
		return "IssuedSession[id=" + this.id + ", identityId=" + this.identityId + "]";
	}

}
