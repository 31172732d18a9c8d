package io.github.kratosadmin.test.embedded;

/**
 * Answers the requests for identity schemas.
 */
final class SchemaHandler {

	private final SchemaStore schemas;

	SchemaHandler(SchemaStore schemas) {
		this.schemas = schemas;
	}

	void addRoutes(Router router) {
		router.add("GET", "/schemas/:id", (request, id) -> get(id));
	}

	private AdminResponse get(String id) {
		try {
			return AdminResponse.of(200, "application/json", this.schemas.get(id).json());
		}
		catch (KratosError ex) {
			throw new KratosError(404, "The requested resource could not be found")
				.withDebug("rid=\nerror=" + ex.getMessage() + "\nreason=" + ex.describe() + "\ndetails=map[]\ndebug=");
		}
	}

}
