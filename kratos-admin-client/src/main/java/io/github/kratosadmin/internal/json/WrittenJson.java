package io.github.kratosadmin.internal.json;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The JSON of a body that was written before the call that sends it, so that the call
 * does not write it again. It belongs to the current thread and to this one object: a
 * call with another body, such as that of an interceptor, writes its own.
 */
public final class WrittenJson {

	private static final ThreadLocal<@Nullable WrittenJson> CURRENT = new ThreadLocal<>();

	private final Object body;

	private final byte[] json;

	private WrittenJson(Object body, byte[] json) {
		this.body = body;
		this.json = json;
	}

	/**
	 * Makes a call whose body has been written.
	 * @param <T> the type of the result
	 * @param body the body
	 * @param json the JSON of the body
	 * @param call the call
	 * @return the result of the call
	 */
	public static <T> T during(Object body, byte[] json, Supplier<T> call) {
		WrittenJson outer = CURRENT.get();
		CURRENT.set(new WrittenJson(body, json));
		try {
			return call.get();
		}
		finally {
			if (outer != null) {
				CURRENT.set(outer);
			}
			else {
				CURRENT.remove();
			}
		}
	}

	/**
	 * Returns the JSON of a body, and writes it unless it has been written.
	 * @param body the body
	 * @return the JSON, not to be changed
	 */
	public static byte[] of(Object body) {
		WrittenJson current = CURRENT.get();
		return (current != null && current.body == body) ? current.json : KratosJson.mapper().writeValueAsBytes(body);
	}

}
