package io.github.kratosadmin.testing;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.kratosadmin.error.KratosError;
import io.github.kratosadmin.metadata.Readiness;
import io.github.kratosadmin.paging.Page;
import io.github.kratosadmin.testing.Specification.SpecifiedOperation;
import io.github.kratosadmin.version.SinceKratos;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Compares the client with a specification: the parameters, the fields of requests,
 * responses and errors at any depth, and the values of those whose values are constants.
 */
public final class SpecificationComparison {

	private final Specification specification;

	private final Set<String> specified = new TreeSet<>();

	private final Set<String> declared = new TreeSet<>();

	private final Map<String, Optional<SinceKratos>> requested = new TreeMap<>();

	private final Set<String> compared = new HashSet<>();

	private SpecificationComparison(Specification specification) {
		this.specification = specification;
	}

	public static SpecificationComparison of(Specification specification) {
		SpecificationComparison comparison = new SpecificationComparison(specification);
		Map<String, SpecifiedOperation> operations = specification.operations();
		Operations.all()
			.filter((method) -> operations.containsKey(method.getName()))
			.forEach((method) -> comparison.compare(method, operations.get(method.getName())));
		comparison.compare(specification.schema("genericError"), KratosError.class, false);
		return comparison;
	}

	/**
	 * Returns what the specification has: {@code operation?parameter},
	 * {@code Record.field} and {@code Record=value}.
	 */
	public Set<String> specified() {
		return this.specified;
	}

	/**
	 * Returns what the client has, in the same form.
	 */
	public Set<String> declared() {
		return this.declared;
	}

	/**
	 * Returns the parameters and fields of requests of the client, with the versions that
	 * they need.
	 */
	public Map<String, Optional<SinceKratos>> requested() {
		return this.requested;
	}

	private void compare(Method method, SpecifiedOperation operation) {
		Map<String, JsonNode> query = operation.query();
		for (Parameter parameter : method.getParameters()) {
			RequestParam annotation = parameter.getAnnotation(RequestParam.class);
			if (annotation != null) {
				String name = annotation.name().isEmpty() ? annotation.value() : annotation.name();
				declare(method.getName() + "?" + name, true, since(parameter));
				compare(query.getOrDefault(name, MissingNode.getInstance()), parameter.getParameterizedType(), true);
			}
			if (parameter.isAnnotationPresent(RequestBody.class)) {
				compare(operation.body(), parameter.getParameterizedType(), true);
			}
		}
		query.keySet().forEach((name) -> this.specified.add(method.getName() + "?" + name));
		if (method.getReturnType() != Readiness.class) {
			compare(operation.response(), method.getGenericReturnType(), false);
		}
	}

	private void declare(String name, boolean request, SinceKratos since) {
		this.declared.add(name);
		if (request) {
			this.requested.put(name, Optional.ofNullable(since));
		}
	}

	/**
	 * Returns the annotation of a parameter, without those for a part of it.
	 */
	private static SinceKratos since(Parameter parameter) {
		return Arrays.stream(parameter.getAnnotationsByType(SinceKratos.class))
			.filter((since) -> since.patchPath().isEmpty())
			.findFirst()
			.orElse(null);
	}

	private void compare(JsonNode schema, Type type, boolean request) {
		JsonNode resolved = this.specification.resolve(schema);
		if (resolved.isMissingNode() || type == JsonNode.class || type == void.class) {
			return;
		}
		if (type instanceof ParameterizedType generic) {
			Type[] arguments = generic.getActualTypeArguments();
			boolean map = generic.getRawType() == Map.class;
			boolean optional = generic.getRawType() == Optional.class;
			compare(optional ? resolved : resolved.path(map ? "additionalProperties" : "items"), arguments[map ? 1 : 0],
					request);
			return;
		}
		Class<?> plain = (Class<?>) type;
		Optional<RecordComponent> value = valueOf(plain);
		if (value.isPresent() && value.get().getType() != String.class) {
			compare(resolved, value.get().getGenericType(), request);
		}
		else if (value.isPresent() || resolved.has("enum")) {
			compareValues(resolved, plain);
		}
		else {
			compareFields(resolved, plain, request);
		}
	}

	private void compareValues(JsonNode schema, Class<?> type) {
		List<String> constants = constants(type);
		if (!constants.isEmpty() && schema.has("enum")) {
			schema.path("enum").forEach((value) -> this.specified.add(type.getSimpleName() + "=" + value.asString()));
			constants.forEach((value) -> this.declared.add(type.getSimpleName() + "=" + value));
		}
	}

	private void compareFields(JsonNode schema, Class<?> type, boolean request) {
		Map<String, JsonNode> fields = this.specification.fields(schema);
		if (fields.isEmpty() || !this.compared.add(type + " " + fields.keySet() + request)) {
			return;
		}
		Map<String, RecordComponent> components = new LinkedHashMap<>();
		records(type).forEach((record) -> components.putAll(components(record)));
		components.forEach((name, component) -> {
			String place = type.getSimpleName() + "." + name;
			declare(place, request, component.getAnnotation(SinceKratos.class));
		});
		fields.forEach((name, field) -> {
			this.specified.add(type.getSimpleName() + "." + name);
			RecordComponent component = components.get(name);
			if (component != null) {
				compare(field, component.getGenericType(), request);
			}
		});
	}

	/**
	 * Returns the component that a record is written as, instead of an object.
	 */
	private static Optional<RecordComponent> valueOf(Class<?> type) {
		return records(type).flatMap((record) -> Arrays.stream(record.getRecordComponents()))
			.filter((component) -> annotation(component, JsonValue.class) != null)
			.findFirst();
	}

	/**
	 * Returns a record, or the records that a sealed type permits.
	 */
	private static Stream<Class<?>> records(Class<?> type) {
		if (type.isSealed()) {
			return Arrays.stream(type.getPermittedSubclasses());
		}
		return type.isRecord() ? Stream.of(type) : Stream.empty();
	}

	private static Map<String, RecordComponent> components(Class<?> record) {
		return Arrays.stream(record.getRecordComponents())
			.filter((component) -> annotation(component, JsonIgnore.class) == null)
			.filter((component) -> annotation(component, JsonAnySetter.class) == null)
			.filter((component) -> annotation(component, JsonProperty.class) != null)
			.collect(Collectors.toMap((component) -> annotation(component, JsonProperty.class).value(),
					(component) -> component));
	}

	private static <A extends Annotation> A annotation(RecordComponent component, Class<A> type) {
		return component.getAccessor().getAnnotation(type);
	}

	private static List<String> constants(Class<?> type) {
		return Arrays.stream(type.getFields()).filter((field) -> field.getType() == type).map((field) -> {
			try {
				return field.get(null).toString();
			}
			catch (IllegalAccessException ex) {
				throw new IllegalStateException(ex);
			}
		}).toList();
	}

}
