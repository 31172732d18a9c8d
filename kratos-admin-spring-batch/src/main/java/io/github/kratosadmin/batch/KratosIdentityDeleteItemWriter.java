package io.github.kratosadmin.batch;

import io.github.kratosadmin.error.KratosNotFoundException;
import org.jspecify.annotations.Nullable;

/**
 * Deletes identities with their credentials and sessions, permanently. The items are
 * their ids. Works with Kratos 0.6 and later.
 * <p>
 * An identity that Kratos does not have is {@code ALREADY_DONE}: it may have been deleted
 * before a crash, and the chunk comes again after the restart. This applies only to a 404
 * that is certainly from Kratos. An id that is not a UUID is {@code FAILED}. After any
 * other failure, such as a server that is down or the 404 of a gateway, the step fails,
 * and no outcome of the chunk is reported: restart the job. After a 429, the writer waits
 * for as long as the server requests, up to 2 minutes and 5 times for a request.
 * <p>
 * An instance writes for one step execution at a time.
 *
 * @see io.github.kratosadmin.identity.IdentityApi#deleteIdentity(String)
 */
public class KratosIdentityDeleteItemWriter extends IdentityItemWriter<String> {

	KratosIdentityDeleteItemWriter(KratosIdentityDeleteItemWriterBuilder builder) {
		super(builder);
	}

	@Override
	@Nullable String identityId(String identityId) {
		return identityId;
	}

	@Override
	RowOutcome change(String identityId, String item) {
		try {
			request(() -> {
				identities().deleteIdentity(identityId);
				return identityId;
			});
			return done(identityId);
		}
		catch (KratosNotFoundException ex) {
			// Another 404 may come from a gateway.
			if (!ex.isAbsent()) {
				throw ex;
			}
			return alreadyDone(identityId);
		}
	}

}
