package io.github.kratosadmin.interceptor;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A call of an operation, as a {@link KratosAdminInterceptor} sees it.
 */
public interface OperationCall {

	/**
	 * Returns the Kratos operation.
	 * @return the id of the operation, such as {@code getIdentity}
	 */
	String getOperation();

	/**
	 * Returns the HTTP method of the operation.
	 * @return the method, such as {@code GET}
	 */
	String getMethod();

	/**
	 * Returns the path of the operation.
	 * @return the path without the prefix, such as <code>/identities/{id}</code>
	 */
	String getUriTemplate();

	/**
	 * Returns the name of the client.
	 * @return the name, {@code kratos} by default
	 */
	String getClientName();

	/**
	 * Returns the arguments in the path, the query and the headers. They may be personal
	 * or secret, such as the identifier that a list is filtered by, or a session token.
	 * @return an unmodifiable map of the arguments that are not {@code null}, by their
	 * names in the request, such as {@code id} or {@code page_size}
	 */
	Map<String, Object> getArguments();

	/**
	 * Returns a copy of the argument that is sent as the body, for example a
	 * {@code CreateIdentity}. It may have passwords and personal values. Each call of
	 * this method makes a new copy, which takes time if the body is large.
	 * @return the copy, or {@code null} if the operation has no body
	 */
	@Nullable Object getBody();

	/**
	 * Adds a header to each request of the operation to the admin API. It is not sent to
	 * the public API. It replaces a header of the same name from an earlier interceptor.
	 * @param name the name of the header
	 * @param value the value, which does not show in exceptions
	 * @throws IllegalArgumentException if the name or value is not valid in a header, the
	 * client sets the header itself, the header suits only some requests, or it would
	 * replace the token or a header of the builder
	 * @throws IllegalStateException if the operation has already started
	 */
	void addHeader(String name, String value);

}
