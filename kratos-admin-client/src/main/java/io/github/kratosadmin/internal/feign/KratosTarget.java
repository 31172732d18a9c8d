package io.github.kratosadmin.internal.feign;

import feign.Request;
import feign.RequestTemplate;
import feign.Target;
import io.github.kratosadmin.internal.operation.Routes;

/**
 * A group of operations, whose requests have the address before their path already.
 *
 * @param name the name of the group
 * @param type the interface with the operation
 * @param routes where operations go
 * @param <T> the interface with the operation
 */
record KratosTarget<T>(String name, Class<T> type, Routes routes) implements Target<T> {

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
		return this.name + "(" + url() + ")";
	}

}
