package io.github.kratosadmin.test.embedded.internal.http;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * Finds the handler of a request by its method and path.
 */
public final class Router {

	private final List<Route> routes = new ArrayList<>();

	/**
	 * Adds a route.
	 * @param method the HTTP method
	 * @param pattern the path; segments that start with a colon are parameters
	 * @param handler the handler
	 */
	public Router add(String method, String pattern, AdminHandler handler) {
		this.routes.add(Route.of(method, pattern, handler));
		return this;
	}

	/**
	 * Whether there is a handler for an encoded path with any method.
	 */
	boolean has(String path) {
		return this.routes.stream().anyMatch((route) -> route.match(path) != null);
	}

	public AdminResponse route(AdminRequest request) {
		TreeSet<String> allowed = new TreeSet<>();
		for (Route route : this.routes) {
			List<String> parameters = route.match(request.path());
			if (parameters == null) {
				continue;
			}
			if (route.method.equals(request.method())) {
				return route.handler.handle(request.withParameters(parameters),
						parameters.isEmpty() ? "" : parameters.get(0));
			}
			allowed.add(route.method);
		}
		if (allowed.isEmpty()) {
			return AdminResponse.plainText(404, "404 page not found\n");
		}
		return AdminResponse.plainText(405, "Method Not Allowed\n").withHeader("Allow", String.join(", ", allowed));
	}

	private record Route(String method, List<String> pattern, AdminHandler handler) {

		static Route of(String method, String pattern, AdminHandler handler) {
			return new Route(method, segments(pattern), handler);
		}

		private static List<String> segments(String path) {
			return List.of(path.split("/", -1));
		}

		/**
		 * The values of the parameters, or null if the path does not match.
		 */
		@Nullable List<String> match(String path) {
			List<String> segments = segments(path);
			if (segments.size() != this.pattern.size()) {
				return null;
			}
			List<String> parameters = new ArrayList<>();
			for (int i = 0; i < segments.size(); i++) {
				String segment = decode(segments.get(i));
				if (this.pattern.get(i).startsWith(":") && !segment.isEmpty()) {
					parameters.add(segment);
				}
				else if (!this.pattern.get(i).equals(segment)) {
					return null;
				}
			}
			return parameters;
		}

		/**
		 * Decodes one segment, which may then contain a slash.
		 */
		private static String decode(String segment) {
			return URI.create("/" + segment).getPath().substring(1);
		}

	}

}
