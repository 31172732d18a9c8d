package io.github.kratosadmin.internal.operation;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import io.github.kratosadmin.internal.redaction.CallValues;
import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriUtils;

/**
 * The arguments of one operation: refuses what cannot be sent, and encodes ids. Feign
 * leaves alone what looks encoded, so that the id {@code %2e%2e} would become another
 * path, and drops an argument that is {@code null}, so that a {@code DELETE} would lose
 * its id: here every value is encoded whatever it looks like and whatever its type, and
 * none may be missing.
 */
public final class Operation {

	private final String operation;

	private final boolean read;

	private final List<Argument> arguments;

	private Operation(String operation, boolean read, List<Argument> arguments) {
		this.operation = operation;
		this.read = read;
		this.arguments = arguments;
	}

	public static Operation of(Method method) {
		return new Operation(method.getName(), isRead(method),
				Arrays.stream(method.getParameters()).map(Argument::of).toList());
	}

	private static boolean isRead(Method method) {
		RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
		return mapping != null && List.of(mapping.method()).equals(List.of(RequestMethod.GET));
	}

	public @Nullable Object[] prepare(@Nullable Object[] values) {
		@Nullable Object[] prepared = new Object[values.length];
		for (int i = 0; i < values.length; i++) {
			prepared[i] = prepare(this.arguments.get(i), values[i]);
		}
		return prepared;
	}

	/**
	 * Tells which of the values must not be shown.
	 */
	public void tell(@Nullable Object[] values, CallValues to) {
		for (int i = 0; i < values.length; i++) {
			Object value = values[i];
			Place place = this.arguments.get(i).place();
			if (value instanceof List<?> list) {
				list.forEach((element) -> tell(to, place, element));
			}
			else if (value != null) {
				tell(to, place, value);
			}
		}
	}

	private static void tell(CallValues to, Place place, Object value) {
		switch (place) {
			case BODY -> to.addBody(value);
			case HEADER -> to.addSecret(value.toString());
			case URL -> {
				if (!isWordOfKratos(value)) {
					to.addPersonal(value.toString());
				}
			}
		}
	}

	/**
	 * Whether a value says nothing about anybody: a number, or a state and the like,
	 * which have types of their own.
	 */
	private static boolean isWordOfKratos(Object value) {
		return !(value instanceof String)
				&& value.toString().chars().allMatch((c) -> c == '_' || Character.isLetterOrDigit(c));
	}

	private @Nullable Object prepare(Argument argument, @Nullable Object value) {
		if (value == null) {
			check(!argument.required(), argument, "must not be null");
			return null;
		}
		if (argument.place() == Place.BODY) {
			return value;
		}
		if (value instanceof List<?> list) {
			// Feign repeats the parameter for each, and for none would send it without a
			// value.
			return list.isEmpty() ? null : list.stream().map((element) -> prepare(argument, element)).toList();
		}
		// Kratos 1.1 and 1.2 list an id in one form only.
		return prepare(argument, argument.name().equals("ids") ? Uuids.canonical(value.toString()) : value.toString());
	}

	private String prepare(Argument argument, String text) {
		check(!text.isBlank(), argument, "must not be blank");
		if (argument.place() == Place.HEADER) {
			check(text.chars().allMatch((c) -> c > ' ' && c < 127), argument,
					"must consist of visible ASCII characters, as a header does");
			// Feign would make a slash of it.
			check(!text.toUpperCase(Locale.ROOT).contains("%2F"), argument, "must not contain '%2F'");
			return text;
		}
		check(!text.equals(".") && !text.equals(".."), argument, "must not be '.' or '..'");
		check(StandardCharsets.UTF_8.newEncoder().canEncode(text), argument, "must be valid Unicode");
		return UriUtils.encode(text, StandardCharsets.UTF_8);
	}

	/**
	 * The value that is sent as the body, {@code null} if there is none.
	 */
	@Nullable Object body(@Nullable Object[] values) {
		for (int i = 0; i < values.length; i++) {
			if (this.arguments.get(i).place() == Place.BODY) {
				return values[i];
			}
		}
		return null;
	}

	public String operation() {
		return this.operation;
	}

	/**
	 * Whether the operation reads only.
	 */
	public boolean read() {
		return this.read;
	}

	/**
	 * The name of an argument as it is sent.
	 */
	String name(int index) {
		return this.arguments.get(index).name();
	}

	private void check(boolean good, Argument argument, String demand) {
		if (!good) {
			throw new IllegalArgumentException(this.operation + ": " + argument.name() + " " + demand);
		}
	}

	private enum Place {

		URL, HEADER, BODY

	}

	private record Argument(String name, Place place, boolean required) {

		static Argument of(Parameter parameter) {
			RequestParam query = parameter.getAnnotation(RequestParam.class);
			if (query != null) {
				return new Argument(query.name().isEmpty() ? query.value() : query.name(), Place.URL, query.required());
			}
			RequestHeader header = parameter.getAnnotation(RequestHeader.class);
			if (header != null) {
				return new Argument(header.name(), Place.HEADER, header.required());
			}
			PathVariable path = parameter.getAnnotation(PathVariable.class);
			if (path != null) {
				return new Argument(path.value(), Place.URL, true);
			}
			return new Argument(parameter.getName(), Place.BODY, true);
		}

	}

}
