package io.github.kratosadmin.samples.migrating;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import sh.ory.kratos.ApiClient;
import sh.ory.kratos.api.CourierApi;
import sh.ory.kratos.api.FrontendApi;
import sh.ory.kratos.api.IdentityApi;
import sh.ory.kratos.api.MetadataApi;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the tables in docs/migrating.md have every admin operation of the official
 * client, and name only what exists.
 */
class MigratingTableTests {

	private static final String DOCUMENT = read(Path.of("../../docs/migrating.md"));

	/** The requests of the operations of this client, by their names in the table. */
	private static final Map<String, String> HERE = new TreeMap<>();

	/** The requests of the admin operations of the official client. */
	private static final Map<String, String> OFFICIAL = new TreeMap<>();

	@BeforeAll
	static void sendRequests() throws Exception {
		try (Requests requests = new Requests()) {
			for (Method group : groups().toList()) {
				for (Method operation : group.getReturnType().getMethods()) {
					if (!operation.isDefault()) {
						HERE.put(group.getName() + "()." + operation.getName(), requests.of(group, operation));
					}
				}
			}
			for (Class<?> api : List.of(IdentityApi.class, CourierApi.class, MetadataApi.class)) {
				for (Method operation : operations(api)) {
					OFFICIAL.put(name(operation), requests.ofOfficial(api, operation).orElseThrow());
				}
			}
			addAdminOperationsOfOldVersions(requests);
		}
	}

	/**
	 * Up to Kratos 0.6, some operations of the public API were part of the admin API, and
	 * so they are operations of this client.
	 */
	private static void addAdminOperationsOfOldVersions(Requests requests) throws Exception {
		Set<String> remaining = new TreeSet<>(HERE.values());
		remaining.removeAll(OFFICIAL.values());
		for (Method operation : operations(FrontendApi.class)) {
			String request = requests.ofOfficial(FrontendApi.class, operation).orElse("");
			assertThat(!request.isEmpty() || operation.getName().startsWith("update")).as(operation.getName()).isTrue();
			if (remaining.contains(request)) {
				OFFICIAL.put(name(operation), request);
			}
		}
	}

	@AfterAll
	static void clear() {
		HERE.clear();
		OFFICIAL.clear();
	}

	@Test
	void everyAdminOperationOfTheOfficialClientIsListed() {
		assertThat(rows().keySet()).containsExactlyInAnyOrderElementsOf(OFFICIAL.keySet());
		assertThat(OFFICIAL).hasSize(30);
	}

	@Test
	void theVersionOfTheOfficialClientIsNamed() {
		List<String> version = find(read(Path.of("../../pom.xml")), Pattern.compile("<kratos-client.version>(.*)</"));
		assertThat(version).hasSize(1);
		assertThat(DOCUMENT).contains("version " + version.get(0) + " of the official client");
	}

	@Test
	void everyOperationSendsTheSameRequestAsItsCounterpart() {
		rows().forEach((official, here) -> assertThat(HERE.get(here)).as("%s and %s", official, here)
			.isNotNull()
			.isEqualTo(OFFICIAL.get(official)));
	}

	@Test
	void theOfficialClientLacksOnlyTheMetricsAndWhatNoReleaseHas() {
		Set<String> missing = new TreeSet<>(HERE.keySet());
		missing.removeAll(rows().values());
		assertThat(missing).containsExactly("metadata().prometheus", "selfService().createTestLoginFlow",
				"sessions().manageSessions");
		assertThat(missing).allSatisfy((operation) -> assertThat(DOCUMENT).contains("`" + operation + "`"));
	}

	@Test
	void everyMethodExists() {
		Map<String, Set<String>> methods = groups()
			.collect(Collectors.toMap(Method::getName, (group) -> names(group.getReturnType())));
		Matcher named = Pattern.compile("\\b(\\w+)\\(\\)\n?\\s*\\.(\\w+)").matcher(DOCUMENT);
		List<String> found = new ArrayList<>();
		while (named.find()) {
			if (methods.containsKey(named.group(1))) {
				found.add(named.group(2));
				assertThat(methods.get(named.group(1))).contains(named.group(2));
			}
		}
		assertThat(found).hasSizeGreaterThan(30);
	}

	@Test
	void everySettingExists() {
		List<List<String>> rows = table("| `ApiClient` | here |");
		assertThat(rows).hasSizeGreaterThan(8)
			.allSatisfy((row) -> assertThat(names(ApiClient.class))
				.containsAll(find(row.get(0), Pattern.compile("`(set\\w+|add\\w+)"))));
	}

	@Test
	void aSecondServerHasARow() {
		assertThat(table("| `ApiClient` | here |")).filteredOn((row) -> row.get(0).contains("for another server"))
			.singleElement()
			.satisfies((row) -> assertThat(row.get(1)).contains("(several-servers.md)"));
	}

	/** The names of the official operations, and those of their counterparts. */
	private static Map<String, String> rows() {
		Map<String, String> rows = new TreeMap<>();
		String api = "";
		for (List<String> row : table("| official client | here | what differs |")) {
			if (row.get(0).startsWith("**")) {
				api = find(row.get(0), Pattern.compile("`(\\w+)`")).get(0);
			}
			else {
				rows.put(api + "." + row.get(0).replace("`", ""), row.get(1).replace("`", ""));
			}
		}
		return rows;
	}

	private static List<List<String>> table(String header) {
		assertThat(DOCUMENT).contains("\n" + header + "\n");
		return DOCUMENT.substring(DOCUMENT.indexOf("\n" + header + "\n") + header.length() + 2)
			.lines()
			.takeWhile((line) -> line.startsWith("|"))
			.filter((line) -> !line.startsWith("|---"))
			.map((line) -> Stream.of(line.substring(1).split("\\|")).map(String::strip).toList())
			.toList();
	}

	private static List<String> find(String text, Pattern pattern) {
		return pattern.matcher(text).results().map((result) -> result.group(1)).toList();
	}

	private static Stream<Method> groups() {
		return Arrays.stream(KratosAdmin.class.getMethods())
			.filter((method) -> method.getReturnType().getSimpleName().endsWith("Api"));
	}

	/** The operations of an API of the official client: each has a method "…Call". */
	private static List<Method> operations(Class<?> api) {
		Set<String> names = names(api);
		return Arrays.stream(api.getMethods()).filter((method) -> names.contains(method.getName() + "Call")).toList();
	}

	private static String name(Method operation) {
		return operation.getDeclaringClass().getSimpleName() + "." + operation.getName();
	}

	private static Set<String> names(Class<?> type) {
		return Arrays.stream(type.getMethods()).map(Method::getName).collect(Collectors.toSet());
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
