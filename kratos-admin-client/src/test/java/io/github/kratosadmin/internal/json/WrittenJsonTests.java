package io.github.kratosadmin.internal.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class WrittenJsonTests {

	private static final byte[] JSON = "[ 1 ]".getBytes(StandardCharsets.UTF_8);

	private final List<Integer> body = new ArrayList<>(List.of(1));

	private static String of(Object body) {
		return new String(WrittenJson.of(body), StandardCharsets.UTF_8);
	}

	@Test
	void aBodyThatHasBeenWrittenIsNotWrittenAgain() {
		assertThat(WrittenJson.<String>during(this.body, JSON, () -> of(this.body))).isEqualTo("[ 1 ]");
	}

	@Test
	void anotherBodyIsWrittenEvenIfItIsEqual() {
		assertThat(WrittenJson.<String>during(this.body, JSON, () -> of(new ArrayList<>(this.body)))).isEqualTo("[1]");
	}

	@Test
	void theBodyIsWrittenAfterTheCallAndInOtherThreads() {
		String other = WrittenJson.during(this.body, JSON,
				() -> CompletableFuture.supplyAsync(() -> of(this.body)).join());
		assertThat(other).isEqualTo("[1]");
		assertThat(of(this.body)).isEqualTo("[1]");
	}

	@Test
	void aCallWithinACallDoesNotEndTheOuterOne() {
		List<Integer> inner = List.of(2);
		String outer = WrittenJson.during(this.body, JSON, () -> {
			assertThatIllegalStateException().isThrownBy(() -> WrittenJson.during(inner, new byte[0], () -> {
				assertThat(of(inner)).isEmpty();
				throw new IllegalStateException("failed");
			}));
			return of(this.body);
		});
		assertThat(outer).isEqualTo("[ 1 ]");
	}

}
