package io.github.kratosadmin.batch;

import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.json.RequestJson;

/**
 * Writes identities into a file, from which an import creates them again: in each line
 * the body of a <a href=
 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/createIdentity">createIdentity</a>
 * request as JSON, made by {@link CreateIdentity#from(Identity)}, which says what is not
 * carried over. A {@code FlatFileItemReader} with a {@link KratosIdentityLineMapper}
 * reads it.
 * <p>
 * The file has the credentials that the identities were listed with, such as the hashes
 * of passwords: list them with
 * {@link io.github.kratosadmin.identity.ListIdentities.Builder#includeCredential}, which
 * needs Kratos 1.2. Only the owner of the file may read and write it, except on Windows,
 * where the permissions of the folder apply.
 * <p>
 * If this version of the client cannot read the credentials of an identity, writing fails
 * with an {@link IllegalArgumentException} that has the id of the identity.
 * <p>
 * Not thread-safe: use an instance and a file for each step or partition. A second writer
 * of the same process that opens the file fails. After a restart of the step, it goes on
 * after the lines of the last committed chunk. When a step starts for the first time, a
 * file that exists is overwritten. A restart on another machine needs the file there.
 */
public class KratosIdentityFileItemWriter extends PrivateFileItemWriter<Identity> {

	KratosIdentityFileItemWriter(KratosIdentityFileItemWriterBuilder builder) {
		super(builder.name(), builder.file(), KratosIdentityFileItemWriter::line);
	}

	private static String line(Identity identity) {
		try {
			return RequestJson.write(CreateIdentity.from(identity).build());
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("Identity " + identity.id() + ": " + ex.getMessage(), ex);
		}
	}

}
