package io.github.kratosadmin.test.embedded.internal.http;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Query}.
 */
class QueryTests {

	@Test
	void writesQueryAsGoDoes() {
		assertThat(Query.parse("b=2&a=x@y&a=*~%20&c").with("b", "3").without("c")).hasToString("a=x%40y&a=%2A~+&b=3");
	}

}
