package io.github.kratosadmin.autoconfigure;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.KratosAdminBuilder;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.ImportIdentities;
import io.github.kratosadmin.interceptor.KratosAdminInterceptor;
import io.github.kratosadmin.interceptor.OperationCall;
import io.github.kratosadmin.testing.StubKratos;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.VirtualThreadTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;

class ClientExecutorsTests {

	@AutoClose
	private final StubKratos kratos = new StubKratos();

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(KratosAdminAutoConfiguration.class, TaskExecutionAutoConfiguration.class))
		.withUserConfiguration(Executors.class)
		.withPropertyValues("kratos.admin.base-url=" + this.kratos.url());

	@Test
	void theClientHasItsOwnThreadsByDefault() {
		this.application.run((context) -> {
			assertThat(context).hasBean("applicationTaskExecutor");
			assertThat(threadsOfAnImport(context, context.getBean(KratosAdmin.class))).containsOnly("kratos-import");
		});
	}

	@Test
	void thePropertyNamesAnExecutor() {
		this.application.withPropertyValues("kratos.admin.executor=kratosThreads").run((context) -> {
			assertThat(threadsOfAnImport(context, context.getBean(KratosAdmin.class)))
				.containsOnly("started by kratosThreads");
		});
	}

	@Test
	void thePropertyTakesPrecedenceOverVirtualThreads() {
		this.application
			.withPropertyValues("kratos.admin.executor=kratosThreads", "spring.threads.virtual.enabled=true")
			.run((context) -> assertThat(threadsOfAnImport(context, context.getBean(KratosAdmin.class)))
				.containsOnly("started by kratosThreads"));
	}

	@Test
	void anEmptyNameIsNone() {
		this.application.withPropertyValues("kratos.admin.executor=")
			.run((context) -> assertThat(threadsOfAnImport(context, context.getBean(KratosAdmin.class)))
				.containsOnly("kratos-import"));
	}

	@Test
	void aNamedClientInheritsTheExecutorOrHasItsOwn() {
		this.application
			.withPropertyValues("kratos.admin.executor=kratosThreads",
					"kratos.admin.clients.staff.base-url=" + this.kratos.url(),
					"kratos.admin.clients.partners.base-url=" + this.kratos.url(),
					"kratos.admin.clients.partners.executor=otherThreads")
			.run((context) -> {
				KratosAdminClients clients = context.getBean(KratosAdminClients.class);
				assertThat(threadsOfAnImport(context, clients.getClient("staff")))
					.containsOnly("started by kratosThreads");
				assertThat(threadsOfAnImport(context, clients.getClient("partners")))
					.containsOnly("started by otherThreads");
			});
	}

	@Test
	void aClientWithPropertiesOfTheApplicationHasAnExecutorToo() {
		this.application
			.withPropertyValues("partners.kratos.base-url=" + this.kratos.url(),
					"partners.kratos.executor=kratosThreads")
			.run((context) -> {
				KratosAdminBuilder builder = context.getBean(KratosAdminBuilderConfigurer.class)
					.createBuilder("partners.kratos");
				try (KratosAdmin partners = builder.build()) {
					assertThat(threadsOfAnImport(context, partners)).containsOnly("started by kratosThreads");
				}
			});
	}

	@Test
	void anUnknownNameIsRefusedWithTheKnownOnes() {
		this.application.withPropertyValues("kratos.admin.executor=missing")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("There is no Executor bean 'missing', only applicationTaskExecutor, kratosThreads, "
						+ "otherThreads"));
		this.application.withPropertyValues("kratos.admin.executor=missing")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining(InvalidKratosAdminConfigurationException.class.getName() + ": Failed to "
						+ "configure the Kratos admin client with the property 'kratos.admin.executor': There is no "
						+ "Executor bean 'missing'"));
	}

	@Test
	void aBeanOfAnotherTypeIsRefused() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(KratosAdminAutoConfiguration.class))
			.withBean("text", String.class)
			.withPropertyValues("kratos.admin.executor=text")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("There is no Executor bean 'text', nor any other"));
	}

	@Test
	void anExecutorOfTheParentContextIsFound() {
		new ApplicationContextRunner().withUserConfiguration(Executors.class)
			.run((parent) -> this.application.withParent(parent)
				.withPropertyValues("kratos.admin.executor=kratosThreads")
				.run((context) -> assertThat(context).hasNotFailed()));
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "there are no virtual threads")
	void virtualThreadsAreUsedIfTheApplicationEnablesThem() {
		this.application.withPropertyValues("spring.threads.virtual.enabled=true").run((context) -> {
			Executor executor = new ClientExecutors(context.getSourceApplicationContext().getBeanFactory(),
					context.getEnvironment())
				.get(null);
			assertThat(executor).isInstanceOf(VirtualThreadTaskExecutor.class);
			assertThat(threadsOfAnImport(context, context.getBean(KratosAdmin.class))).isNotEmpty()
				.noneMatch("kratos-import"::equals);
		});
	}

	@Test
	@EnabledForJreRange(max = JRE.JAVA_20, disabledReason = "there are virtual threads")
	void withoutVirtualThreadsTheClientHasItsOwnThreads() {
		this.application.withPropertyValues("spring.threads.virtual.enabled=true")
			.run((context) -> assertThat(threadsOfAnImport(context, context.getBean(KratosAdmin.class)))
				.containsOnly("kratos-import"));
	}

	private Queue<String> threadsOfAnImport(ApplicationContext context, KratosAdmin kratos) {
		Queue<String> threads = context.getBean(Threads.class).names;
		threads.clear();
		kratos.importIdentities(Stream.of(CreateIdentity.builder().traits(Map.of()).build()),
				ImportIdentities.builder().build(), (result) -> {
				});
		return threads;
	}

	@Configuration(proxyBeanMethods = false)
	static class Executors {

		@Bean
		Threads threads() {
			return new Threads();
		}

		@Bean(defaultCandidate = false)
		Executor kratosThreads() {
			return (task) -> runIn("started by kratosThreads", task);
		}

		@Bean(defaultCandidate = false)
		Executor otherThreads() {
			return (task) -> runIn("started by otherThreads", task);
		}

		/**
		 * Waits for the task, as otherwise the caller may run it.
		 */
		private static void runIn(String name, Runnable task) {
			Thread thread = new Thread(task, name);
			thread.start();
			try {
				thread.join();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

	static class Threads implements KratosAdminInterceptor {

		private final Queue<String> names = new ConcurrentLinkedQueue<>();

		@Override
		public void beforeOperation(OperationCall call) {
			if (!call.getOperation().equals("getVersion")) {
				this.names.add(Thread.currentThread().getName());
			}
		}

	}

}
