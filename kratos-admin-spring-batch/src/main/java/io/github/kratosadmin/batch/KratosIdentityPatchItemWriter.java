package io.github.kratosadmin.batch;

import java.util.List;

import io.github.kratosadmin.error.KratosBadRequestException;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.JsonPatch;
import io.github.kratosadmin.identity.JsonPatch.Operation;
import org.jspecify.annotations.Nullable;

/**
 * Changes fields of identities, and leaves the others as they are. Works with Kratos 0.11
 * and later. On earlier servers, the step fails.
 * <p>
 * After a crash, the chunk comes again, and the writer sends the same patch again. Its
 * result must be the same:
 * <ul>
 * <li>A patch that inserts or removes an element of an array, or has a path with
 * {@code -} as an element, is {@code FAILED}, and nothing is sent: replace the whole
 * array. As the writer does not know what is an array, this applies to every {@code add}
 * and {@code remove} of a path that ends with a number.</li>
 * <li>A patch that changes a verifiable address, and also the traits or the schema, is
 * {@code FAILED}, and nothing is sent: the changed traits may put another address in its
 * place.</li>
 * <li>Kratos refuses to remove a field that is not there (400). The writer then reads the
 * identity, and sends the patch without the fields that are not there. If nothing
 * remains, the item is {@code ALREADY_DONE}.</li>
 * </ul>
 * A change that others have made to the same fields in between is overwritten.
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
 * @see io.github.kratosadmin.identity.IdentityApi#patchIdentity(String, JsonPatch)
 */
public class KratosIdentityPatchItemWriter extends IdentityItemWriter<IdentityPatch> {

	KratosIdentityPatchItemWriter(KratosIdentityPatchItemWriterBuilder builder) {
		super(builder);
	}

	@Override
	@Nullable String identityId(IdentityPatch item) {
		return item.identityId();
	}

	@Override
	RowOutcome change(String identityId, IdentityPatch item) {
		String problem = RepeatablePatch.problem(item.patch());
		if (problem != null) {
			return failed(identityId, problem);
		}
		try {
			request(() -> identities().patchIdentity(identityId, item.patch()));
			return done(identityId);
		}
		catch (KratosBadRequestException ex) {
			if (!ex.isFromKratos() || !RepeatablePatch.removes(item.patch())) {
				throw ex;
			}
			return changeWhatIsThere(identityId, item.patch(), ex);
		}
	}

	private RowOutcome changeWhatIsThere(String identityId, JsonPatch patch, KratosBadRequestException refused) {
		Identity identity = request(() -> identities().getIdentity(identityId));
		List<Operation> remaining = RepeatablePatch.withoutAbsent(patch, identity);
		if (remaining.size() == patch.operations().size()) {
			throw refused;
		}
		if (remaining.isEmpty()) {
			return alreadyDone(identityId);
		}
		request(() -> identities().patchIdentity(identityId, new JsonPatch(remaining)));
		return done(identityId);
	}

}
