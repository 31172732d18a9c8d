package io.github.kratosadmin.docker.compose;

import io.github.kratosadmin.autoconfigure.KratosAdminConnectionDetails;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.lifecycle.DockerComposeServicesReadyEvent;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.event.SmartApplicationListener;
import org.springframework.util.StringUtils;

/**
 * Registers the {@link KratosAdminConnectionDetails} of the services that have the name
 * of a client as their label. Spring Boot would register those of all services without a
 * qualifier. The type of the event is not in the signature, as the listener is also
 * loaded without Docker Compose on the class path.
 */
class KratosDockerComposeClientsApplicationListener implements SmartApplicationListener {

	private static final String LABEL = "io.github.kratosadmin.client";

	private static final String EVENT = "org.springframework.boot.docker.compose.lifecycle.DockerComposeServicesReadyEvent";

	/**
	 * Whether the service is for a client with a name.
	 */
	static boolean isForNamedClient(RunningService service) {
		return service.labels().containsKey(LABEL);
	}

	@Override
	public boolean supportsEventType(Class<? extends ApplicationEvent> eventType) {
		return eventType.getName().equals(EVENT);
	}

	@Override
	public void onApplicationEvent(ApplicationEvent event) {
		DockerComposeServicesReadyEvent ready = (DockerComposeServicesReadyEvent) event;
		if (ready.getSource() instanceof BeanDefinitionRegistry registry) {
			for (RunningService service : ready.getRunningServices()) {
				String client = service.labels().get(LABEL);
				if (client != null) {
					register(registry, service, client);
				}
			}
		}
	}

	private static void register(BeanDefinitionRegistry registry, RunningService service, String client) {
		KratosAdminConnectionDetails details = KratosDockerComposeConnectionDetailsFactory.connectionDetails(service);
		RootBeanDefinition definition = new RootBeanDefinition(KratosAdminConnectionDetails.class, () -> details);
		definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, client));
		definition.setDefaultCandidate(false);
		registry.registerBeanDefinition("kratosAdminConnectionDetailsFor" + StringUtils.capitalize(service.name()),
				definition);
	}

}
