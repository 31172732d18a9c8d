package io.github.kratosadmin;

import java.io.IOException;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import feign.Request;
import feign.Response;
import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.internal.http.ApacheHttpSender;
import io.github.kratosadmin.internal.http.HttpSender;
import io.github.kratosadmin.statistics.ConnectionStatistics;
import io.github.kratosadmin.testing.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link DefaultKratosAdmin}.
 */
class DefaultKratosAdminTests {

	private final TestServer server = new TestServer().version("v26.2.0");

	private final List<Watched> made = new CopyOnWriteArrayList<>();

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void theHttpClientIsCreatedWithTheFirstGroup() {
		try (KratosAdmin admin = admin()) {
			assertThat(this.made).isEmpty();
			admin.metadata();
			admin.identities();
			assertThat(this.made).hasSize(1);
		}
	}

	@Test
	void concurrentFirstCallsCreateOneHttpClient() {
		try (KratosAdmin admin = admin()) {
			IntStream.range(0, 16).parallel().forEach((i) -> admin.metadata().getVersion());
			assertThat(this.made).hasSize(1);
		}
	}

	@Test
	void noHttpClientIsCreatedAfterClose() {
		KratosAdmin admin = admin();
		admin.close();
		admin.close();
		assertThatExceptionOfType(KratosUnavailableException.class).isThrownBy(() -> admin.metadata().getVersion())
			.withMessage("getVersion got no response: this KratosAdmin is closed");
		assertThat(this.made).isEmpty();
	}

	@Test
	void theHttpClientIsClosedWithTheClient() {
		KratosAdmin admin = admin();
		admin.metadata().getVersion();
		admin.close();
		assertThat(this.made).singleElement().satisfies((http) -> assertThat(http.closed).isTrue());
	}

	@Test
	void tellsWhetherItIsClosed() {
		KratosAdmin admin = admin();
		assertThat(admin.isClosed()).isFalse();
		admin.close();
		assertThat(admin.isClosed()).isTrue();
		assertThat(this.made).isEmpty();
	}

	private KratosAdmin admin() {
		return KratosAdmin.builder().baseUrl(this.server.url()).pathPrefix("").build((settings) -> {
			Watched http = new Watched(new ApacheHttpSender(settings));
			this.made.add(http);
			return http;
		});
	}

	private static final class Watched implements HttpSender {

		private final HttpSender http;

		private boolean closed;

		Watched(HttpSender http) {
			this.http = http;
		}

		@Override
		public Response send(URI url, Map<String, Collection<String>> headers, Request request) throws IOException {
			return this.http.send(url, headers, request);
		}

		@Override
		public ConnectionStatistics connections() {
			return this.http.connections();
		}

		@Override
		public void close() {
			this.closed = true;
			this.http.close();
		}

	}

}
