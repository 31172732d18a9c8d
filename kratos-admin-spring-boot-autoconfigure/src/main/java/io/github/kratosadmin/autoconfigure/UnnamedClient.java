package io.github.kratosadmin.autoconfigure;

import java.util.List;

import io.github.kratosadmin.KratosAdmin;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Decides whether there is a client without a name below {@code kratos.admin}, next to or
 * instead of a {@link KratosAdmin} bean of the application.
 */
final class UnnamedClient {

	static final String BASE_URL = "kratos.admin.base-url";

	private final Environment environment;

	private final ClientBeans beans;

	/** The beans of the application that are injected without a qualifier. */
	private final List<String> own;

	private final List<String> connectionDetails;

	UnnamedClient(Environment environment, ClientBeans beans) {
		this.environment = environment;
		this.beans = beans;
		this.own = beans.candidates(KratosAdmin.class);
		this.connectionDetails = beans.names(KratosAdminConnectionDetails.class, null);
	}

	boolean hasConnectionDetails() {
		return !this.connectionDetails.isEmpty();
	}

	/**
	 * Whether the application has clients that are injected without a qualifier.
	 */
	boolean isReplaced() {
		return !this.own.isEmpty();
	}

	boolean isReplacedBySingleCandidate() {
		return this.own.size() == 1 || this.own.stream().filter(this.beans::isPrimary).count() == 1;
	}

	/**
	 * Whether a parent context has the client.
	 */
	boolean isInherited() {
		return this.own.stream().anyMatch((bean) -> this.beans.isInherited(bean, BASE_URL, this.environment));
	}

	/**
	 * Whether the properties configure the client, and no parent context has it. Without
	 * any configuration, it calls the default base URL, but not if there are other
	 * clients.
	 * @param names the names of the clients below {@code kratos.admin.clients}, also of
	 * those that are disabled
	 * @throws InvalidKratosAdminConfigurationException if it is unclear whether this
	 * client or one of the application is to be injected
	 */
	boolean isNeeded(List<String> names) {
		boolean configured = hasConnectionDetails()
				|| Binder.get(this.environment).bind(BASE_URL, String.class).isBound();
		if (this.own.isEmpty()) {
			return configured || names.isEmpty();
		}
		if (!configured || isInherited() || this.own.stream().anyMatch(this.beans::isPrimary)) {
			return false;
		}
		this.own.stream().filter((bean) -> this.beans.qualifier(bean) == null).findFirst().ifPresent((bean) -> {
			throw ambiguous(bean);
		});
		return true;
	}

	private InvalidKratosAdminConfigurationException ambiguous(String bean) {
		String configuration = hasConnectionDetails() ? "the bean '" + this.connectionDetails.get(0) + "'"
				: "the property '" + BASE_URL + "'";
		return new InvalidKratosAdminConfigurationException("the KratosAdmin bean '" + bean + "'",
				hasConnectionDetails() ? List.of() : List.of(BASE_URL),
				"There is also a client with the address of " + configuration
						+ ", and it is unclear which of both is to be injected",
				"To use only your bean, mark it as @Primary, or remove " + configuration
						+ ". To use both, set defaultCandidate = false on your bean, and inject it with "
						+ "@Qualifier(\"" + bean + "\").",
				null);
	}

}
