package io.github.kratosadmin.test.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * Finds the handler of a request by its method and path.
 */
final class Router {

	private static final String PARAMETER = "/:id";

	private final List<Route> routes = new ArrayList<>();

	/**
	 * Adds a route.
	 * @param method the HTTP method
	 * @param pattern the path, which may end with {@code /:id}
	 * @param handler what answers
	 */
	Router add(String method, String pattern, AdminHandler handler) {
		this.routes.add(new Route(method, pattern, handler));
		return this;
	}

	/**
	 * Whether there is a handler for a path, whatever the method.
	 */
	boolean has(String path) {
		return this.routes.stream().anyMatch((route) -> route.match(path) != null);
	}

	AdminResponse route(AdminRequest request) {
		TreeSet<String> allowed = new TreeSet<>();
		for (Route route : this.routes) {
			String parameter = route.match(request.path());
			if (parameter == null) {
				continue;
			}
			if (route.method.equals(request.method())) {
				return route.handler.handle(request, parameter);
			}
			allowed.add(route.method);
		}
		if (allowed.isEmpty()) {
			return AdminResponse.plainText(404, "404 page not found\n");
		}
		return AdminResponse.plainText(405, "Method Not Allowed\n").withHeader("Allow", String.join(", ", allowed));
	}

	private record Route(String method, String pattern, AdminHandler handler) {

		@Nullable String match(String path) {
			if (!this.pattern.endsWith(PARAMETER)) {
				return this.pattern.equals(path) ? "" : null;
			}
			String prefix = this.pattern.substring(0, this.pattern.length() - PARAMETER.length() + 1);
			if (!path.startsWith(prefix)) {
				return null;
			}
			String parameter = path.substring(prefix.length());
			return (parameter.isEmpty() || parameter.contains("/")) ? null : parameter;
		}

	}

}
