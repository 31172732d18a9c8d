package io.github.kratosadmin.test.embedded;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RequestLog}.
 */
class RequestLogTests {

	@Test
	void keepsTheLastRequestsAndCountsAll() {
		RequestLog log = new RequestLog();
		IntStream.rangeClosed(0, RequestLog.CAPACITY).forEach((i) -> log.add(new ReceivedRequest("GET", "/" + i)));
		assertThat(log.requests()).hasSize(RequestLog.CAPACITY);
		assertThat(log.requests().get(0).path()).isEqualTo("/1");
		assertThat(log.count()).isEqualTo(RequestLog.CAPACITY + 1);
	}

}
