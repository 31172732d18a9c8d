package io.github.kratosadmin.test.embedded.internal.courier;

import java.time.Instant;

import io.github.kratosadmin.test.embedded.KratosEra;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link QueuedMessage}.
 */
class QueuedMessageTests {

	@Test
	void toStringLeavesOutText() {
		QueuedMessage message = new QueuedMessage("1", "a@example.test", "stub",
				MessageText.recovery("123456", KratosEra.V26), Instant.EPOCH);
		assertThat(message).hasToString("QueuedMessage[id=1, recipient=a@example.test]");
		assertThat(message.text().toString()).doesNotContain("123456");
	}

}
