package io.github.kratosadmin.test.contract;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Finds the properties of a result that the client does not declare.
 */
final class UnknownProperties {

	private UnknownProperties() {
	}

	/**
	 * Finds the additional properties of a result and of its components.
	 * @return the properties, such as {@code Identity.name}
	 */
	static List<String> of(Object result) {
		List<String> found = new ArrayList<>();
		collect(result, found);
		return found;
	}

	private static void collect(Object value, List<String> found) {
		if (value instanceof Collection<?> values) {
			values.forEach((element) -> collect(element, found));
		}
		else if (value instanceof Map<?, ?> values) {
			collect(values.values(), found);
		}
		else if (value instanceof Record) {
			for (RecordComponent component : value.getClass().getRecordComponents()) {
				Object part = get(component, value);
				if (component.getName().equals("additionalProperties")) {
					((Map<?, ?>) part).keySet()
						.forEach((name) -> found.add(value.getClass().getSimpleName() + "." + name));
				}
				else {
					collect(part, found);
				}
			}
		}
	}

	private static Object get(RecordComponent component, Object record) {
		try {
			return component.getAccessor().invoke(record);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
