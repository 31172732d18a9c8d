package io.github.kratosadmin.batch;

import io.github.kratosadmin.identity.ImportCredentials;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the content of identities, each with one PUT: fields that an
 * {@link IdentityUpdate} lacks are deleted, except the schema, the state and the
 * credentials. Works with Kratos 0.6 and later; a field may need a later version, without
 * which the step fails.
 * <p>
 * After a crash, the chunk comes again, and the writer sends the same content again. A
 * change that others have made in between is then overwritten. If others change the
 * identities while the job runs, use a {@link KratosIdentityPatchItemWriter}, which sends
 * only the fields to change. Kratos adds accounts of providers ({@code oidc},
 * {@code saml}) and lookup secrets to those that are there, so that they cannot be sent
 * again: an item with such credentials is {@code FAILED}, and nothing is sent.
 * <p>
 * An item that Kratos refuses (400 or 409), or whose identity it does not have, is
 * {@code FAILED}. So is one that is too large (413), and one whose id is not a UUID.
 * After any other failure, such as a server that is down or the 404 of a gateway, the
 * step fails, and no outcome of the chunk is reported: restart the job. After a 429, the
 * writer waits for as long as the server requests, up to 2 minutes and 5 times for a
 * request.
 * <p>
 * An instance writes for one step execution at a time.
 *
 * @see io.github.kratosadmin.identity.IdentityApi#updateIdentity(String,
 * io.github.kratosadmin.identity.UpdateIdentity)
 */
public class KratosIdentityUpdateItemWriter extends IdentityItemWriter<IdentityUpdate> {

	KratosIdentityUpdateItemWriter(KratosIdentityUpdateItemWriterBuilder builder) {
		super(builder);
	}

	@Override
	@Nullable String identityId(IdentityUpdate item) {
		return item.identityId();
	}

	@Override
	RowOutcome change(String identityId, IdentityUpdate item) {
		ImportCredentials credentials = item.update().credentials();
		if (credentials != null
				&& (credentials.oidc() != null || credentials.saml() != null || credentials.lookupSecret() != null)) {
			return failed(identityId, "Credentials of the types oidc, saml and lookup_secret are added to those that"
					+ " the identity has, and would be added again after a crash: leave them out");
		}
		request(() -> identities().updateIdentity(identityId, item.update()));
		return done(identityId);
	}

}
