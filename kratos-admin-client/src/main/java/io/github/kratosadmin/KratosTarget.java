package io.github.kratosadmin;

import feign.Request;
import feign.RequestTemplate;
import feign.Target;

/**
 * Puts the address before the path of an operation.
 *
 * @param type the interface with the operation
 * @param routes where operations go
 * @param <T> the interface with the operation
 */
record KratosTarget<T>(Class<T> type, Routes routes) implements Target<T> {

	@Override
	public String name() {
		return "kratos";
	}

	@Override
	public String url() {
		return this.routes.adminUrl().toString();
	}

	@Override
	public Request apply(RequestTemplate template) {
		// The path is put together anew each time that it is asked for.
		template.target((this.routes.publicUrl() != null) ? this.routes.baseFor(template.path()).toString() : url());
		return template.request();
	}

	@Override
	public String toString() {
		return this.type.getSimpleName() + "(" + url() + ")";
	}

}
