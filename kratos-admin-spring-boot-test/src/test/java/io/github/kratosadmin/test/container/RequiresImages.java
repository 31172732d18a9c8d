package io.github.kratosadmin.test.container;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.utility.DockerImageName;

/**
 * Skips a test if there is no Docker, or if Docker neither has an image nor can pull it.
 * The reason names the image.
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresImages.Condition.class)
@interface RequiresImages {

	/**
	 * The names of the images.
	 */
	String[] value();

	class Condition implements ExecutionCondition {

		@Override
		public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
			Optional<RequiresImages> annotation = AnnotationSupport.findAnnotation(context.getElement(),
					RequiresImages.class);
			if (annotation.isPresent()) {
				for (String image : annotation.get().value()) {
					String reason = reasonToSkip(image);
					if (reason != null) {
						return ConditionEvaluationResult.disabled(reason);
					}
				}
			}
			return ConditionEvaluationResult.enabled("all images are available");
		}

		private static String reasonToSkip(String image) {
			if (Docker.failure != null) {
				return "Docker cannot be used: " + Docker.failure;
			}
			try {
				if (!isAvailable(image)) {
					pull(DockerImageName.parse(image));
				}
				return isAvailable(image) ? null : "the image " + image + " was not pulled within five minutes";
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return "interrupted";
			}
			catch (RuntimeException ex) {
				return "Docker has no image " + image + " and cannot pull it: " + ex.getMessage();
			}
		}

		private static boolean isAvailable(String image) {
			try {
				Docker.client.inspectImageCmd(image).exec();
				return true;
			}
			catch (NotFoundException ex) {
				return false;
			}
		}

		/**
		 * Tries once. Testcontainers would retry for two minutes.
		 */
		private static void pull(DockerImageName image) throws InterruptedException {
			Docker.client.pullImageCmd(image.getUnversionedPart())
				.withTag(image.getVersionPart())
				.start()
				.awaitCompletion(5, TimeUnit.MINUTES);
		}

	}

	/**
	 * The Docker client. It is created once, as a failure takes minutes if Testcontainers
	 * cannot pull its own image.
	 */
	class Docker {

		private static DockerClient client;

		private static String failure;

		static {
			try {
				client = DockerClientFactory.instance().client();
			}
			catch (RuntimeException ex) {
				failure = String.valueOf(ex.getMessage());
			}
		}

	}

}
