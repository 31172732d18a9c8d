package io.github.kratosadmin;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.testing.Clients;
import io.github.kratosadmin.testing.Operations;
import io.github.kratosadmin.testing.TestServer;
import io.github.kratosadmin.testing.TestServer.Request;
import io.github.kratosadmin.testing.TestServer.StubResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Passes hostile values to every parameter of every operation, found by reflection so
 * that none is missed: each is sent as one unchanged value, or rejected before anything
 * is sent.
 */
class HostileInputTests {

	private static final List<String> HOSTILE = List.of("../sessions", "..", ".", "%2e%2e", "%2E%2E%2Fx", "a/b",
			"a?b=c", "a#b", "a&b=c", "a=b", "a;b", "a b", "a+b", "a\r\nX-Evil: 1", "a\nb", "\0", "{id}", "%", "%zz",
			"\\", "😀", "\ud83d", " ", "", "x".repeat(10_000), "€".repeat(3_000));

	@AutoClose
	private final TestServer server = new TestServer().otherwise(
			(request) -> StubResponse.json(request.path().equals("/version") ? "{\"version\":\"v99.0.0\"}" : "{}"));

	static Stream<Arguments> parameters() {
		return Operations.all()
			.flatMap((operation) -> IntStream.range(0, operation.getParameterCount())
				.filter((index) -> Operations.isText(operation.getParameters()[index]))
				.mapToObj((index) -> arguments(operation, index, name(operation.getParameters()[index]))));
	}

	private static String name(Parameter parameter) {
		if (parameter.isAnnotationPresent(PathVariable.class)) {
			return "{" + parameter.getAnnotation(PathVariable.class).value() + "}";
		}
		RequestParam query = parameter.getAnnotation(RequestParam.class);
		if (query != null) {
			return query.name().isEmpty() ? query.value() : query.name();
		}
		return parameter.getAnnotation(RequestHeader.class).name();
	}

	@Test
	void everyOperationIsTried() {
		assertThat(Operations.all().map(Method::getName).distinct()).hasSizeGreaterThanOrEqualTo(31);
		assertThat(parameters()).hasSizeGreaterThanOrEqualTo(38);
	}

	@ParameterizedTest(name = "{0} {2}")
	@MethodSource("parameters")
	void aHostileValueIsSentAsOneValueOrRejected(Method operation, int index, String name) throws Exception {
		try (KratosAdmin admin = Clients.connect(this.server.url())) {
			assertSentAsOneValueOrRejected(admin, operation, index, name);
		}
	}

	private void assertSentAsOneValueOrRejected(KratosAdmin admin, Method operation, int index, String name)
			throws Exception {
		for (String value : HOSTILE) {
			this.server.requests().clear();
			boolean rejected = call(admin, operation, index, value);
			List<Request> sent = this.server.requests()
				.stream()
				.filter((request) -> !request.path().equals("/version"))
				.toList();
			if (rejected) {
				assertThat(sent).as("'%s' is not sent", value).isEmpty();
			}
			else {
				assertThat(sent).as("'%s' is sent once", value).hasSize(1);
				assertSame(operation, operation.getParameters()[index], name, value, sent.get(0));
			}
		}
	}

	/**
	 * Returns whether the value is rejected.
	 */
	private static boolean call(KratosAdmin admin, Method operation, int index, String value) throws Exception {
		Object[] values = new Object[operation.getParameterCount()];
		for (int i = 0; i < values.length; i++) {
			values[i] = Operations.argument(operation.getParameters()[i], (i == index) ? value : "x");
		}
		try {
			Operations.call(admin, operation, values);
			return false;
		}
		catch (IllegalArgumentException ex) {
			assertThat(ex).hasMessageStartingWith(operation.getName() + ": ").hasMessageContaining(" must ");
			return true;
		}
		catch (KratosException ex) {
			// The response may not fit the operation.
			return false;
		}
	}

	private static void assertSame(Method operation, Parameter parameter, String name, String value, Request request) {
		String[] template = AnnotatedElementUtils.findMergedAnnotation(operation, RequestMapping.class).path()[0]
			.split("/");
		String[] path = request.target().split("\\?", 2)[0].split("/", -1);
		assertThat(path).as("'%s' does not change the path", value).hasSameSizeAs(template);
		if (parameter.isAnnotationPresent(PathVariable.class)) {
			String sent = UriUtils.decode(path[List.of(template).indexOf(name)], StandardCharsets.UTF_8);
			// Ids of schemas may be sent in Base64.
			assertThat(sent).isIn(value,
					Base64.getUrlEncoder().withoutPadding().encodeToString(value.getBytes(StandardCharsets.UTF_8)));
		}
		else if (parameter.isAnnotationPresent(RequestParam.class)) {
			assertThat(request.target().split("\\?", 2)[1].split("&")).filteredOn((pair) -> pair.startsWith(name + "="))
				.singleElement()
				.satisfies(
						(pair) -> assertThat(UriUtils.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8))
							.isEqualTo(value));
		}
		else {
			assertThat(request.header(name)).isEqualTo(value);
		}
		assertThat(request.header("X-Evil")).isNull();
	}

}
