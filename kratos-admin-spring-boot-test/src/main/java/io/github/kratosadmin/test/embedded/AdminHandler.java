package io.github.kratosadmin.test.embedded;

/**
 * Answers the requests to one route.
 */
interface AdminHandler {

	/**
	 * Answers a request.
	 * @param request the request
	 * @param parameter the value of the route's parameter, empty if it has none
	 * @return the response
	 * @throws KratosError if the answer is an error
	 */
	AdminResponse handle(AdminRequest request, String parameter);

}
