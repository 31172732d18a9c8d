package io.github.kratosadmin.test.embedded.internal.http;

/**
 * Handles the requests to one route.
 */
public interface AdminHandler {

	/**
	 * Handles a request.
	 * @param request the request, with the values of all parameters of the route
	 * @param parameter the value of the first parameter in the path, empty if the path
	 * has none
	 * @return the response
	 * @throws ErrorResponseException if the response is an error
	 */
	AdminResponse handle(AdminRequest request, String parameter);

}
