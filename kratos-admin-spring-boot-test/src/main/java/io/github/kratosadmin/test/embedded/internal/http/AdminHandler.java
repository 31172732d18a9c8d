package io.github.kratosadmin.test.embedded.internal.http;

/**
 * Answers the requests to one route.
 */
public interface AdminHandler {

	/**
	 * Answers a request.
	 * @param request the request, with the values of all parameters of the route
	 * @param parameter the value of the route's first parameter, empty if it has none
	 * @return the response
	 * @throws ErrorResponseException if the answer is an error
	 */
	AdminResponse handle(AdminRequest request, String parameter);

}
