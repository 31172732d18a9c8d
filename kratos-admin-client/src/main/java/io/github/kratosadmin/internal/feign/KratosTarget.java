package io.github.kratosadmin.internal.feign;

import feign.Request;
import feign.RequestTemplate;
import feign.Target;
import io.github.kratosadmin.internal.operation.Routes;

/**
 * A group of operations. The URLs of its requests already include the base URL.
 *
 * @param name the name of the group
 * @param type the interface with the operations
 * @param routes the base URLs of the operations
 * @param <T> the interface with the operations
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
