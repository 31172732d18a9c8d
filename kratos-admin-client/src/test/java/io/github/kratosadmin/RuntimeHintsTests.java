package io.github.kratosadmin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import com.ethlo.time.ITU;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import feign.Feign;
import io.github.kratosadmin.connection.TlsSettings;
import io.github.kratosadmin.identity.IdentityApi;
import io.github.kratosadmin.identity.ImportIdentities;
import io.github.kratosadmin.identity.ImportProgress;
import io.github.kratosadmin.identity.ImportSummary;
import io.github.kratosadmin.interceptor.OperationResult;
import io.github.kratosadmin.internal.feign.IdentityOperations;
import io.github.kratosadmin.internal.httpclient.client5.http.classic.HttpClient;
import io.github.kratosadmin.internal.json.KratosJson;
import io.github.kratosadmin.observation.KratosAdminObservationDocumentation;
import io.github.kratosadmin.observation.KratosAdminObservationDocumentation.Events;
import io.github.kratosadmin.observation.KratosAdminObservationDocumentation.LowCardinalityKeyNames;
import io.github.kratosadmin.selfservice.UiNodeAttributes;
import io.micrometer.context.ContextSnapshotFactory;
import io.github.kratosadmin.statistics.ClientStatistics;
import io.github.kratosadmin.statistics.ConnectionStatistics;
import io.github.kratosadmin.statistics.ImportStatistics;
import io.github.kratosadmin.statistics.RetryReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.factory.aot.AotServices;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for the runtime hints of the client and for the reachability metadata of its HTTP
 * client. What needs a hint is found in the classes and in the jars, so that a new type
 * without a hint fails.
 */
class RuntimeHintsTests {

	private static final String ROOT = "io.github.kratosadmin";

	private static final String HTTP_CLIENT = ROOT + ".internal.httpclient";

	/** The records and enums that are neither JSON nor arguments of operations. */
	private static final Set<Class<?>> NOT_JSON = Set.of(ClientParts.class, ClientStatistics.class,
			ConnectionStatistics.class, Events.class, ImportIdentities.class, ImportProgress.class,
			ImportStatistics.class, ImportSummary.class, KratosAdminObservationDocumentation.class,
			LowCardinalityKeyNames.class, OperationResult.class, RetryReason.class, TlsSettings.class);

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.withImportOption((location) -> !location.contains("/kratosadmin/internal/httpclient/"))
		.importPackages(ROOT);

	private static final RuntimeHints HINTS = hints();

	/**
	 * The hints of this module only, as those of others could hide a missing one.
	 */
	private static RuntimeHints hints() {
		RuntimeHints hints = new RuntimeHints();
		AotServices.factories()
			.load(RuntimeHintsRegistrar.class)
			.stream()
			.filter((registrar) -> registrar.getClass().getPackageName().startsWith(ROOT))
			.forEach((registrar) -> registrar.registerHints(hints, RuntimeHintsTests.class.getClassLoader()));
		return hints;
	}

	static Stream<Arguments> needs() {
		return Stream.of(arguments("the proxies of the operations", proxies()),
				arguments("the annotations of the operations", annotations()),
				arguments("the methods of the operations", methods()),
				arguments("the records and enums", recordsAndEnums()),
				arguments("the methods that create objects from JSON", creators()),
				arguments("the classes that annotations name", classesInAnnotations()),
				arguments("the classes that libraries instantiate", classObjects()),
				arguments("the resources", resources()));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("needs")
	void haveHints(String name, Map<String, Predicate<RuntimeHints>> needed) {
		assertThat(missing(needed, HINTS)).isEmpty();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("needs")
	void areMissingWithoutHints(String name, Map<String, Predicate<RuntimeHints>> needed) {
		assertThat(needed).isNotEmpty();
		assertThat(missing(needed, new RuntimeHints())).hasSameSizeAs(needed.keySet());
	}

	private static List<String> missing(Map<String, Predicate<RuntimeHints>> needed, RuntimeHints hints) {
		return needed.entrySet()
			.stream()
			.filter((need) -> !need.getValue().test(hints))
			.map(Map.Entry::getKey)
			.toList();
	}

	@Test
	void theInterfacesOfTheOperationsAreFound() {
		assertThat(operations()).contains(IdentityOperations.class).doesNotContain(IdentityApi.class);
	}

	@Test
	void theRecordsAreFound() {
		assertThat(recordsAndEnums()).hasSizeGreaterThan(200)
			.containsKey("public java.util.List io.github.kratosadmin.selfservice.UiNodeAttributes$Input.options()")
			.containsKey(UiNodeAttributes.Option.class.getDeclaredConstructors()[0].toString());
	}

	@Test
	void typesThatAreNotJsonHaveNoAnnotationsOfJackson() {
		assertThat(NOT_JSON).allSatisfy((type) -> assertThat(
				CLASSES.get(type).getMembers().stream().flatMap((member) -> member.getAnnotations().stream()))
			.noneMatch((annotation) -> annotation.getRawType().getName().contains(".jackson.")));
	}

	@Test
	void theMetadataOfTheHttpClientListsAllOfItsResources() throws IOException {
		List<String> globs = new ArrayList<>();
		metadataOfTheHttpClient().path("resources").forEach((resource) -> globs.add(resource.path("glob").asString()));
		assertThat(globs).isNotEmpty().containsExactlyInAnyOrderElementsOf(resources(HttpClient.class));
	}

	@Test
	void theMetadataOfTheHttpClientListsTheClassThatEachClientLoadsByName() throws IOException {
		List<String> types = new ArrayList<>();
		metadataOfTheHttpClient().path("reflection").forEach((type) -> types.add(type.path("type").asString()));
		// Each client creates a UnixDomainSocketFactory, which looks for this class.
		assertThat(types).containsExactly("java.net.UnixDomainSocketAddress")
			.allMatch((type) -> ClassUtils.isPresent(type, null));
	}

	/**
	 * All but {@code UnixDomainSocketFactory} belong to features that this client does
	 * not use: asynchronous requests, a server, compression, other TLS libraries and
	 * cached authentication. Before you add a class, check whether it needs an entry in
	 * the metadata.
	 */
	@Test
	void onlyKnownClassesOfTheHttpClientUseReflection() {
		JavaClasses classes = new ClassFileImporter().importPackages(HTTP_CLIENT);
		assertThat(classes.stream()
			.filter((type) -> type.getMethodCallsFromSelf()
				.stream()
				.anyMatch((call) -> usesReflection(call.getTarget())))
			.map(JavaClass::getSimpleName)).containsExactlyInAnyOrder("BasicAuthCache", "Brotli4jRuntime",
					"BrotliDecompressingEntity", "CommonsCompressCodecFactory", "CommonsCompressRuntime",
					"ConscryptClientTlsStrategy", "DefaultAsyncClientConnectionOperator", "ReflectionUtils",
					"SingleCoreIOReactor", "SocketSupport", "UnixDomainSocketFactory", "ZstdRuntime");
	}

	/**
	 * Before you add a class, check whether the class that it loads has a hint.
	 */
	@Test
	void onlyKnownClassesLoadOthersByName() {
		assertThat(CLASSES.stream()
			.filter((type) -> type.getMethodCallsFromSelf()
				.stream()
				.anyMatch((call) -> call.getTarget().getName().matches("isPresent|forName|resolveClassName|loadClass")
						&& Set.of("java.lang.Class", "java.lang.ClassLoader", ClassUtils.class.getName())
							.contains(call.getTarget().getOwner().getName())))
			.map(JavaClass::getSimpleName)).containsExactly("ThreadLocals");
		assertThat(HINTS).matches(RuntimeHintsPredicates.reflection().onType(ContextSnapshotFactory.class));
	}

	private static boolean usesReflection(AccessTarget.MethodCallTarget target) {
		return switch (target.getOwner().getName()) {
			case "java.lang.Class" ->
				target.getName().matches("forName|newInstance|get(Declared)?(Method|Constructor|Field)s?");
			case "java.lang.reflect.Constructor", "java.lang.reflect.Field", "java.lang.reflect.Method",
					"java.lang.reflect.Proxy", "java.util.ServiceLoader" ->
				true;
			default -> false;
		};
	}

	private static JsonNode metadataOfTheHttpClient() throws IOException {
		try (InputStream json = HttpClient.class.getResourceAsStream(
				"/META-INF/native-image/io.github.kratosadmin/kratos-admin-httpclient/reachability-metadata.json")) {
			return KratosJson.mapper().readTree(json);
		}
	}

	private static Stream<Class<?>> types() {
		return CLASSES.stream().map(JavaClass::reflect);
	}

	/**
	 * The interfaces that Feign implements: those with operations that no other one
	 * extends.
	 */
	private static List<Class<?>> operations() {
		List<Class<?>> types = types().filter(Class::isInterface)
			.filter((type) -> Stream.of(type.getMethods())
				.anyMatch((method) -> AnnotatedElementUtils.hasAnnotation(method, RequestMapping.class)))
			.toList();
		return types.stream()
			.filter((type) -> types.stream().noneMatch((other) -> other != type && type.isAssignableFrom(other)))
			.toList();
	}

	private static Map<String, Predicate<RuntimeHints>> proxies() {
		Map<String, Predicate<RuntimeHints>> needed = new HashMap<>();
		operations()
			.forEach((type) -> needed.put(type.getName(), RuntimeHintsPredicates.proxies().forInterfaces(type)));
		return needed;
	}

	/**
	 * The annotations that Spring's contract creates: it also creates those of
	 * parameters, except of the body.
	 */
	private static Map<String, Predicate<RuntimeHints>> annotations() {
		Map<String, Predicate<RuntimeHints>> needed = new HashMap<>();
		Stream<Class<?>> parameters = operations().stream()
			.flatMap((type) -> Stream.of(type.getMethods()))
			.flatMap((method) -> Stream.of(method.getParameterAnnotations()))
			.flatMap(Arrays::stream)
			.map((annotation) -> annotation.annotationType());
		Stream.concat(Stream.of(RequestMapping.class), parameters)
			.filter((type) -> type.getPackage().equals(RequestMapping.class.getPackage()) && type != RequestBody.class)
			.forEach((type) -> needed.put(type.getName(), RuntimeHintsPredicates.proxies().forInterfaces(type)));
		return needed;
	}

	private static Map<String, Predicate<RuntimeHints>> methods() {
		Map<String, Predicate<RuntimeHints>> needed = new HashMap<>();
		operations().stream()
			.flatMap((type) -> Stream.concat(Stream.of(type), Stream.of(type.getInterfaces())))
			.flatMap((type) -> Stream.of(type.getDeclaredMethods()))
			.filter((method) -> Modifier.isPublic(method.getModifiers()))
			.forEach((method) -> addMethod(method, needed));
		return needed;
	}

	private static Map<String, Predicate<RuntimeHints>> recordsAndEnums() {
		Map<String, Predicate<RuntimeHints>> needed = new HashMap<>();
		types().filter((type) -> !type.getPackageName().startsWith(ROOT + ".internal"))
			.filter((type) -> (type.isRecord() || type.isEnum()) && !NOT_JSON.contains(type))
			.forEach((type) -> {
				needed.put(type.getName(), RuntimeHintsPredicates.reflection().onType(type));
				if (type.isRecord()) {
					addConstructors(type, needed);
					Stream.of(type.getRecordComponents())
						.forEach((component) -> addMethod(component.getAccessor(), needed));
				}
			});
		return needed;
	}

	private static Map<String, Predicate<RuntimeHints>> creators() {
		Map<String, Predicate<RuntimeHints>> needed = new HashMap<>();
		types().flatMap((type) -> Stream.of(type.getDeclaredMethods()))
			.filter((method) -> method.isAnnotationPresent(JsonCreator.class))
			.forEach((method) -> addMethod(method, needed));
		return needed;
	}

	/**
	 * The classes in annotations of Jackson, such as serializers.
	 */
	private static Map<String, Predicate<RuntimeHints>> classesInAnnotations() {
		Map<String, Predicate<RuntimeHints>> needed = new HashMap<>();
		CLASSES.stream()
			.flatMap((type) -> Stream.concat(type.getAnnotations().stream(),
					type.getMembers().stream().flatMap((member) -> member.getAnnotations().stream())))
			.filter((annotation) -> annotation.getRawType().getName().contains(".jackson."))
			.flatMap((annotation) -> annotation.getProperties().values().stream())
			.filter((value) -> value instanceof JavaClass type && CLASSES.contain(type.getName()))
			.forEach((value) -> addConstructors(((JavaClass) value).reflect(), needed));
		return needed;
	}

	/**
	 * The classes of this module that its code passes as {@code Class} to a library, such
	 * as a filter of Jackson.
	 */
	private static Map<String, Predicate<RuntimeHints>> classObjects() {
		Map<String, Predicate<RuntimeHints>> needed = new HashMap<>();
		CLASSES.stream()
			.flatMap((type) -> type.getReferencedClassObjects().stream())
			.filter((reference) -> !reference.getRawType().equals(reference.getOwner().getOwner()))
			// Only documentation: nothing creates an instance.
			.filter((reference) -> !reference.getOwner().getName().equals("getDefaultConvention"))
			.map((reference) -> reference.getRawType())
			.filter((type) -> CLASSES.contain(type.getName()) && !type.isInterface() && !type.isRecord()
					&& !type.isEnum())
			.forEach((type) -> addConstructors(type.reflect(), needed));
		return needed;
	}

	/**
	 * The resources of this module and of the libraries that only it uses.
	 */
	private static Map<String, Predicate<RuntimeHints>> resources() {
		Map<String, Predicate<RuntimeHints>> needed = new HashMap<>();
		Stream.of(KratosAdmin.class, Feign.class, ITU.class)
			.flatMap((type) -> resources(type).stream())
			.forEach((name) -> needed.put(name, RuntimeHintsPredicates.resource().forResource(name)));
		return needed;
	}

	/**
	 * The resources in the jar or folder of a class, without licenses.
	 */
	private static List<String> resources(Class<?> type) {
		try {
			Path location = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
			if (Files.isDirectory(location)) {
				return resources(location);
			}
			try (FileSystem jar = FileSystems.newFileSystem(location)) {
				return resources(jar.getPath("/"));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static List<String> resources(Path root) throws IOException {
		try (Stream<Path> files = Files.walk(root)) {
			return files.filter(Files::isRegularFile)
				.map((file) -> root.relativize(file).toString().replace('\\', '/'))
				.filter((name) -> !name.endsWith(".class") && !name.startsWith("META-INF/")
						&& !name.equals("THIRD-PARTY.txt"))
				.toList();
		}
	}

	private static void addMethod(Method method, Map<String, Predicate<RuntimeHints>> needed) {
		needed.put(method.toString(), RuntimeHintsPredicates.reflection().onMethodInvocation(method));
	}

	private static void addConstructors(Class<?> type, Map<String, Predicate<RuntimeHints>> needed) {
		Stream.of(type.getDeclaredConstructors())
			.forEach((constructor) -> needed.put(constructor.toString(),
					RuntimeHintsPredicates.reflection().onConstructorInvocation(constructor)));
	}

}
