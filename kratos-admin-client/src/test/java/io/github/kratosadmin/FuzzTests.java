package io.github.kratosadmin;

import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.testing.Operations;
import io.github.kratosadmin.testing.Recording;
import io.github.kratosadmin.testing.TestServer;
import io.github.kratosadmin.testing.TestServer.StubResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * Feeds recorded responses with errors to every operation: it must end in time with a
 * result or a typed failure, never with another exception. The property
 * {@code fuzz.rounds} sets the number of responses, {@code fuzz.seed} selects them.
 */
class FuzzTests {

	private static final List<String> PARTS = List.of("null", "\"\"", "[]", "{}", "0", "-1", "1e999", "true",
			"\"2026-13-45T99:99:99Z\"", "\"\\ud800\"", "[[[[[[[[", "{\"id\":", "\u0000", "\"id\":\"x\",", "<html>");

	/** The headers of a response that the client reads. */
	private static final List<String> HEADERS = List.of("Link", "X-Total-Count", "Retry-After", "Content-Type");

	private static final List<String> VALUES = List.of("", " ", ",", "<>", "<x>; rel=\"next\"", "<%zz>; rel=next",
			"</x?page_token=%00%ff>; rel=\"next\"", "</x?page=-1>; rel=\"next\"",
			"</x?page=99999999999999999999>; rel=\"next\"", "<http://[>; rel=\"next\"", "-1", "99999999999999999999999",
			"Mon, 99 Foo 2026 25:61:61 GMT", "text/html", "\"", "\u00e4\u0000");

	private static final List<String> VERSIONS = List.of("v0.6.3-alpha.1", "v1.3.1", "v26.2.0", "next-2026-07-29");

	private volatile StubResponse response = StubResponse.empty(500);

	/** One for each version, as a client remembers the version of its server. */
	private final Map<String, TestServer> servers = VERSIONS.stream()
		.collect(Collectors.toMap(Function.identity(),
				(version) -> new TestServer().version(version).otherwise((request) -> this.response)));

	private final Map<String, KratosAdmin> admins = VERSIONS.stream()
		.collect(Collectors.toMap(Function.identity(),
				(version) -> KratosAdmin.builder()
					.pathPrefix("")
					.baseUrl(this.servers.get(version).url())
					.readTimeout(Duration.ofMinutes(2))
					.callTimeout(Duration.ofMinutes(2))
					.build()));

	private final Map<String, Method> operations = Operations.all()
		// listIdentities has a second form, which starts after an id.
		.collect(Collectors.toMap(Method::getName, Function.identity(),
				(one, other) -> (one.getParameterCount() > other.getParameterCount()) ? one : other));

	private final List<Recorded> recordings = VERSIONS.stream()
		.flatMap((version) -> Stream.of("admin", "public")
			.flatMap((port) -> Recording.of(version, port).stream())
			.map((recording) -> new Recorded(version, recording)))
		.filter((recorded) -> recorded.recording().status() / 100 != 3)
		.toList();

	private final Map<String, List<Recorded>> responses = this.recordings.stream()
		.collect(Collectors.groupingBy((recorded) -> recorded.recording().operation()));

	@AfterEach
	void close() {
		this.admins.values().forEach(KratosAdmin::close);
		this.servers.values().forEach(TestServer::close);
	}

	@Test
	@Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
	void anyResponseLeadsToAResultOrATypedFailure() throws Exception {
		long seed = Long.getLong("fuzz.seed", 4711);
		int rounds = Integer.getInteger("fuzz.rounds", 3_000);
		assertThat(this.recordings).hasSizeGreaterThan(300);
		List<String> names = this.operations.keySet().stream().sorted().toList();
		int results = 0;
		for (int round = 0; round < rounds; round++) {
			Random random = new Random(seed + round);
			String name = names.get(random.nextInt(names.size()));
			Recorded recorded = choose(name, random);
			this.response = mutate(recorded.recording().stubResponse(), random);
			results += call(recorded.version(), name,
					"-Dfuzz.rounds=1 -Dfuzz.seed=" + (seed + round) + ": " + name + " with " + recorded + " "
							+ this.response.headers() + " " + new String(this.response.body(), StandardCharsets.UTF_8))
									? 1 : 0;
			this.servers.get(recorded.version()).requests().clear();
		}
		if (rounds > 1) {
			assertThat(results).as("some responses are still good, and some are not")
				.isBetween(rounds / 100, rounds - 1);
		}
	}

	/**
	 * Returns a response to the operation, or sometimes, or if none is recorded, to
	 * another operation.
	 */
	private Recorded choose(String operation, Random random) {
		List<Recorded> recorded = this.responses.getOrDefault(operation, List.of());
		List<Recorded> from = (recorded.isEmpty() || random.nextInt(10) == 0) ? this.recordings : recorded;
		return from.get(random.nextInt(from.size()));
	}

	/**
	 * Returns whether the call has a result.
	 */
	private boolean call(String version, String name, String description) throws Exception {
		Method operation = this.operations.get(name);
		Object[] arguments = Arrays.stream(operation.getParameters())
			.map((parameter) -> Operations.argument(parameter, "x"))
			.toArray();
		long start = System.nanoTime();
		try {
			// Without filters, so that any list matches.
			Object result = Operations.call(this.admins.get(version), operation,
					name.startsWith("list") ? withoutFilters(operation, arguments) : arguments);
			assertThat(String.valueOf(result)).isNotNull();
			return true;
		}
		catch (KratosException ex) {
			assertThat(ex.getMessage()).as(description).hasSizeLessThan(5_000).doesNotContain("\n");
			return false;
		}
		catch (Throwable ex) {
			return fail(description, ex);
		}
		finally {
			// Much less than the timeouts, which would hide a hang as a typed failure.
			assertThat(Duration.ofNanos(System.nanoTime() - start)).as(description).isLessThan(Duration.ofSeconds(30));
		}
	}

	private static Object[] withoutFilters(Method operation, Object[] arguments) {
		return operation.getName().equals("listIdentitySessions") ? new Object[] { "x", null, null, null }
				: new Object[arguments.length];
	}

	private static StubResponse mutate(StubResponse response, Random random) {
		byte[] body = response.body().clone();
		for (int i = random.nextInt(4); i >= 0 && body.length > 0; i--) {
			body = mutate(body, random);
		}
		int status = (random.nextInt(10) == 0) ? status(random) : response.status();
		// A body after 204 would be the beginning of the next response.
		return new StubResponse(status, mutate(response.headers(), random), (status != 204) ? body : new byte[0],
				response.fault(), response.pause(), response.script());
	}

	/**
	 * Returns the headers, with an error in one of ten responses.
	 */
	private static Map<String, String> mutate(Map<String, String> headers, Random random) {
		Map<String, String> mutated = new LinkedHashMap<>(headers);
		if (random.nextInt(10) == 0) {
			String name = HEADERS.get(random.nextInt(HEADERS.size()));
			byte[] value = mutated.getOrDefault(name, "</x?page=1&page_token=x>; rel=\"next\"")
				.getBytes(StandardCharsets.UTF_8);
			String text = new String(mutate(value, random), StandardCharsets.UTF_8);
			// A line break would end the header.
			mutated.put(name,
					random.nextBoolean() ? text.replaceAll("[\r\n]", "") : VALUES.get(random.nextInt(VALUES.size())));
		}
		return mutated;
	}

	private static int status(Random random) {
		return List.of(200, 201, 204, 206, 299, 400, 404, 409, 410, 418, 429, 500, 503).get(random.nextInt(13));
	}

	private static byte[] mutate(byte[] body, Random random) {
		int at = random.nextInt(body.length);
		int length = 1 + random.nextInt(Math.min(40, body.length));
		int end = Math.min(body.length, at + length);
		return switch (random.nextInt(6)) {
			case 0 -> flip(body, at, random);
			case 1 -> Arrays.copyOf(body, at);
			case 2 -> join(body, at, new byte[0], end);
			case 3 -> join(body, at, Arrays.copyOfRange(body, at, end), at);
			case 4 -> join(body, at, PARTS.get(random.nextInt(PARTS.size())).getBytes(StandardCharsets.UTF_8), end);
			default -> swapValue(body, random);
		};
	}

	private static byte[] flip(byte[] body, int at, Random random) {
		body[at] ^= (byte) (1 << random.nextInt(8));
		return body;
	}

	private static byte[] join(byte[] body, int end, byte[] between, int start) {
		byte[] joined = Arrays.copyOf(body, end + between.length + body.length - start);
		System.arraycopy(between, 0, joined, end, between.length);
		System.arraycopy(body, start, joined, end + between.length, body.length - start);
		return joined;
	}

	/**
	 * Replaces the value of a field with one of another type.
	 */
	private static byte[] swapValue(byte[] body, Random random) {
		String text = new String(body, StandardCharsets.ISO_8859_1);
		int colon = text.indexOf("\":", random.nextInt(text.length()));
		if (colon == -1) {
			return body;
		}
		int end = text.substring(colon + 2).replaceAll("^(\"[^\"]*\"|[^,}\\]]*).*", "$1").length() + colon + 2;
		return join(body, colon + 2, PARTS.get(random.nextInt(PARTS.size())).getBytes(StandardCharsets.UTF_8),
				Math.min(end, body.length));
	}

	/**
	 * A recorded response of a version.
	 */
	private record Recorded(String version, Recording recording) {

	}

}
