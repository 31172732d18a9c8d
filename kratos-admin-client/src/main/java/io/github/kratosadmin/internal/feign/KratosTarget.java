package io.github.kratosadmin.internal.feign;

import io.github.kratosadmin.internal.operation.Routes;

import feign.Request;
import feign.RequestTemplate;
import feign.Target;

/**
 * A group of operations, whose requests have the address before their path already.
 *
 * @param type the interface with the operation
 * @param routes where operations go
 * @param <T> the interface with the operation
 */
public record KratosTarget<T>(Class<T> type, Routes routes) implements Target<T> {

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
		return template.request();
	}

	@Override
	public String toString() {
		return this.type.getSimpleName() + "(" + url() + ")";
	}

}
