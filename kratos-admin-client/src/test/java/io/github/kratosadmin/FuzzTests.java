package io.github.kratosadmin;

import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.kratosadmin.TestServer.Answer;
import io.github.kratosadmin.error.KratosException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * Feeds every operation recorded answers that something has gone wrong with: it must have
 * a result or a typed failure, never another exception, and come to an end. The property
 * {@code fuzz.rounds} says how many answers, {@code fuzz.seed} which ones.
 */
class FuzzTests {

	private static final List<String> PARTS = List.of("null", "\"\"", "[]", "{}", "0", "-1", "1e999", "true",
			"\"2026-13-45T99:99:99Z\"", "\"\\ud800\"", "[[[[[[[[", "{\"id\":", "\u0000", "\"id\":\"x\",", "<html>");

	@AutoClose
	private final TestServer server = new TestServer();

	@AutoClose
	private final KratosAdmin admin = KratosAdmin.builder().pathPrefix("").baseUrl(this.server.url()).build();

	private final Map<String, Method> operations = Operations.all()
		.collect(Collectors.toMap(Method::getName, Function.identity()));

	private final List<Recording> recordings = Stream.of("v0.6.3-alpha.1", "v1.3.1", "v26.2.0")
		.flatMap((version) -> Stream.of("admin", "public").flatMap((port) -> Recording.of(version, port).stream()))
		.filter((recording) -> this.operations.containsKey(recording.operation()) && recording.status() / 100 != 3)
		.toList();

	@Test
	@Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
	void whateverTheAnswerThereIsAResultOrATypedFailure() throws Exception {
		long seed = Long.getLong("fuzz.seed", 4711);
		int rounds = Integer.getInteger("fuzz.rounds", 3_000);
		assertThat(this.recordings).hasSizeGreaterThan(300);
		int results = 0;
		for (int round = 0; round < rounds; round++) {
			Random random = new Random(seed + round);
			Recording recording = this.recordings.get(random.nextInt(this.recordings.size()));
			Answer answer = mutate(recording.answer(), random);
			this.server.otherwise(
					(request) -> request.path().equals("/version") ? Answer.json("{\"version\":\"v26.2.0\"}") : answer);
			results += call(recording.operation(), "-Dfuzz.rounds=1 -Dfuzz.seed=" + (seed + round) + ": " + recording
					+ " " + new String(answer.body(), StandardCharsets.UTF_8)) ? 1 : 0;
			this.server.requests().clear();
		}
		if (rounds > 1) {
			assertThat(results).as("some answers are still good, and some are not").isBetween(rounds / 100, rounds - 1);
		}
	}

	/**
	 * Whether there is a result.
	 */
	private boolean call(String name, String description) throws Exception {
		Method operation = this.operations.get(name);
		Object[] arguments = Arrays.stream(operation.getParameters())
			.map((parameter) -> Operations.argument(parameter, "x"))
			.toArray();
		try {
			// Asked for nobody in particular, so that any list is the right one.
			Operations.call(this.admin, operation,
					name.startsWith("list") ? withoutFilters(operation, arguments) : arguments);
			return true;
		}
		catch (KratosException ex) {
			assertThat(ex.getMessage()).as(description).hasSizeLessThan(5_000);
			return false;
		}
		catch (Throwable ex) {
			return fail(description, ex);
		}
	}

	private static Object[] withoutFilters(Method operation, Object[] arguments) {
		return operation.getName().equals("listIdentitySessions") ? new Object[] { "x", null, null, null }
				: new Object[arguments.length];
	}

	private static Answer mutate(Answer answer, Random random) {
		byte[] body = answer.body().clone();
		for (int i = random.nextInt(4); i >= 0 && body.length > 0; i--) {
			body = mutate(body, random);
		}
		int status = (random.nextInt(10) == 0) ? status(random) : answer.status();
		// A body after 204 would be the beginning of the next answer.
		return new Answer(status, answer.headers(), (status != 204) ? body : new byte[0], answer.fault(),
				answer.pause(), answer.script());
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
	 * Another type for the value of a field.
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

}
