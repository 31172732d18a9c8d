package io.github.kratosadmin.internal.operation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class UuidsTests {

	private static final String UUID = "6faebfaf-d9c3-4744-82da-dec07d52120e";

	@ParameterizedTest
	@ValueSource(strings = { UUID, "6FAEBFAF-D9C3-4744-82DA-DEC07D52120E", "6faebfafd9c3474482dadec07d52120e",
			"{6faebfaf-d9c3-4744-82da-dec07d52120e}", "{6FAEBFAFD9C3474482DADEC07D52120E}",
			"urn:uuid:6faebfaf-d9c3-4744-82da-dec07d52120e", "urn:uuid:6faebfafd9c3474482dadec07d52120e" })
	void allFormsOfAUuidHaveOneCanonicalForm(String id) {
		assertThat(Uuids.canonical(id)).isEqualTo(UUID);
		assertThat(Uuids.isUuid(id)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "X", "6faebfaf", "6faebfaf-d9c3-4744-82da-dec07d52120",
			"6faebfaf-d9c3-4744-82da-dec07d52120g", "6faebfafd-9c3-4744-82da-dec07d52120e",
			"URN:UUID:6faebfaf-d9c3-4744-82da-dec07d52120e", "urn:uuid:{6faebfaf-d9c3-4744-82da-dec07d52120e}",
			"{6faebfaf-d9c3-4744-82da-dec07d52120e", " 6faebfaf-d9c3-4744-82da-dec07d52120e",
			"6faebfaf-d9c3-4744-82da-dec07d52120e\n" })
	void anyOtherTextIsUnchanged(String id) {
		assertThat(Uuids.canonical(id)).isEqualTo(id);
		assertThat(Uuids.isUuid(id)).isFalse();
	}

	@Test
	void aLongTextIsNotAUuid() {
		assertThat(Uuids.isUuid("a".repeat(100_000))).isFalse();
	}

}
