package io.github.kratosadmin.batch;

import java.time.Duration;
import java.util.List;

import io.github.kratosadmin.identity.CredentialsType;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Builds a {@link KratosIdentityVerificationItemWriter}.
 */
public final class KratosIdentityVerificationItemWriterBuilder
		extends ConcurrentItemWriterBuilder<KratosIdentityVerificationItemWriterBuilder> {

	private @Nullable String marker;

	private List<CredentialsType> includeCredential = List.of();

	private Duration maxPause = Duration.ofMinutes(2);

	/**
	 * Creates a builder.
	 */
	public KratosIdentityVerificationItemWriterBuilder() {
	}

	/**
	 * Sets the name of the import, as for the writer of the import.
	 * @param importName the name of
	 * {@link KratosIdentityImportItemWriterBuilder#marker(String)}
	 * @return this builder
	 */
	public KratosIdentityVerificationItemWriterBuilder marker(String importName) {
		this.marker = importName;
		return this;
	}

	/**
	 * Sets the types of credentials whose secrets are compared, such as
	 * {@link CredentialsType#PASSWORD} for the hashes of passwords. This costs another
	 * request for each row. Kratos may replace a hash when the user signs in. Without
	 * types, the verification only finds missing credentials. The types for which Kratos
	 * shows secrets depend on its version: it refuses others.
	 * @param types the types, none by default
	 * @return this builder
	 */
	public KratosIdentityVerificationItemWriterBuilder includeCredential(CredentialsType... types) {
		this.includeCredential = List.of(types);
		return this;
	}

	/**
	 * Sets the maximum time to wait for a response while the server fails or refuses
	 * requests.
	 * @param maxPause the time, 2 minutes by default, zero to fail at once
	 * @return this builder
	 * @throws IllegalArgumentException if the time is negative
	 */
	public KratosIdentityVerificationItemWriterBuilder maxPause(Duration maxPause) {
		Assert.isTrue(!maxPause.isNegative(), () -> "maxPause must not be negative, but is " + maxPause);
		this.maxPause = maxPause;
		return this;
	}

	/**
	 * Builds the writer.
	 * @return the writer
	 * @throws IllegalStateException if the name or the client is missing, or the name of
	 * the import is blank
	 */
	public KratosIdentityVerificationItemWriter build() {
		Assert.state(this.marker == null || !this.marker.isBlank(), "marker is blank: set the name of the import");
		return new KratosIdentityVerificationItemWriter(this);
	}

	@Nullable String marker() {
		return this.marker;
	}

	Duration maxPause() {
		return this.maxPause;
	}

	List<CredentialsType> includeCredential() {
		return this.includeCredential;
	}

}
