package io.github.kratosadmin.observation;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.kratosadmin.error.KratosError;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosIdentityChangedException;
import io.github.kratosadmin.error.KratosInvitationException;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.error.KratosSessionsDrainException;
import io.github.kratosadmin.error.KratosSessionsNotDeletedException;
import io.github.kratosadmin.error.KratosSessionsRemainException;
import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.error.KratosUnsupportedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.JsonNodeFactory;

import static org.assertj.core.api.Assertions.assertThat;

class RecordedErrorTests {

	private static final String OPERATION = "getIdentity";

	private static final String CANARY = "canary-text";

	/** Only thrown by tasks, which are not observed: the operations in them are. */
	private static final Set<Class<?>> OF_TASKS = Set.of(KratosIdentityChangedException.class,
			KratosInvitationException.class, KratosSessionsDrainException.class,
			KratosSessionsNotDeletedException.class, KratosSessionsRemainException.class);

	/**
	 * An instance of each exception of the client, with a canary in each text.
	 */
	static Stream<KratosException> exceptions() {
		return new ClassFileImporter().importPackagesOf(KratosException.class)
			.stream()
			.filter((type) -> type.isAssignableTo(KratosException.class))
			.map(JavaClass::reflect)
			.map(RecordedErrorTests::instance);
	}

	private static KratosException instance(Class<?> type) {
		if (type == KratosUnsupportedException.class) {
			return new KratosUnsupportedException(OPERATION, CANARY, "25.4", "1.3");
		}
		Constructor<?> constructor = type.getConstructors()[0];
		Object[] arguments = Arrays.stream(constructor.getParameterTypes()).map(RecordedErrorTests::argument).toArray();
		arguments[0] = OPERATION;
		try {
			return (KratosException) constructor.newInstance(arguments);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Object argument(Class<?> type) {
		if (type == int.class) {
			return 418;
		}
		if (type == long.class) {
			return 418L;
		}
		if (type == Map.class) {
			return Map.of(CANARY, new IllegalStateException(CANARY));
		}
		if (type == String.class) {
			return CANARY;
		}
		if (type == Duration.class) {
			return Duration.ofSeconds(3);
		}
		if (type == KratosError.class) {
			return error(CANARY);
		}
		return new KratosUnavailableException(CANARY, CANARY, new IllegalStateException(CANARY));
	}

	private static KratosError error(String id) {
		return new KratosError(id, 418, CANARY, CANARY, CANARY,
				JsonNodeFactory.instance.objectNode().put(CANARY, CANARY), CANARY, CANARY,
				Map.of(CANARY, JsonNodeFactory.instance.stringNode(CANARY)));
	}

	@Test
	void allExceptionsAreFound() {
		assertThat(exceptions()).hasSizeGreaterThan(15);
	}

	@ParameterizedTest
	@MethodSource("exceptions")
	void aCopyHasTheSameClassAndNoTexts(KratosException original) {
		original.addSuppressed(new IllegalStateException(CANARY));
		KratosException copy = (KratosException) RecordedError.of(original);
		assertThat(copy)
			.isExactlyInstanceOf(OF_TASKS.contains(original.getClass()) ? KratosException.class : original.getClass());
		assertThat(copy.getOperation()).isEqualTo(OPERATION);
		assertThat(copy.getStatus()).isEqualTo(original.getStatus());
		assertThat(copy.getRetryAfter()).isEqualTo(original.getRetryAfter());
		assertThat(copy.isRequestSent()).isEqualTo(original.isRequestSent());
		assertThat(copy.getStackTrace()).isEqualTo(original.getStackTrace());
		assertThat(stackTrace(original)).contains(CANARY);
		assertThat(stackTrace(copy)).startsWith(copy.getClass().getName() + ": " + OPERATION).doesNotContain(CANARY);
		assertThat(copy.getError()).extracting(KratosError::message, KratosError::reason, KratosError::details)
			.containsOnlyNulls();
	}

	private static String stackTrace(Throwable ex) {
		StringWriter text = new StringWriter();
		ex.printStackTrace(new PrintWriter(text));
		return text.toString();
	}

	@ParameterizedTest
	@CsvSource({ "security_csrf_violation, security_csrf_violation", "identity_disabled, identity_disabled",
			"canary-text, other", "'', other", "," })
	void onlyKnownErrorIdsAreKept(String id, String expected) {
		KratosException copy = (KratosException) RecordedError.of(new KratosException(OPERATION, 418, error(id)));
		assertThat(copy.getError().id()).isEqualTo(expected);
	}

	@Test
	void aSubclassIsCopiedAsTheExceptionThatApplicationsCatch() {
		KratosException absent = new KratosNotFoundException(OPERATION, 200, error(CANARY)) {
		};
		assertThat(RecordedError.of(absent)).isExactlyInstanceOf(KratosNotFoundException.class);
	}

	@Test
	void aFailureWithoutAResponseHasTheClassOfItsCause() {
		Throwable copy = RecordedError
			.of(new KratosUnavailableException(OPERATION, CANARY, new IllegalStateException(CANARY)));
		assertThat(copy).hasMessage("getIdentity got no response: IllegalStateException");
		assertThat(copy.getCause()).hasToString("java.lang.IllegalStateException").hasMessage(null).hasNoCause();
	}

	@Test
	void anotherExceptionHasOnlyItsName() {
		Exception original = new IllegalArgumentException(CANARY, new IllegalStateException(CANARY));
		original.addSuppressed(new IllegalStateException(CANARY));
		Throwable copy = RecordedError.of(original);
		assertThat(RecordedError.name(copy)).isEqualTo("IllegalArgumentException");
		assertThat(copy.getStackTrace()).isEqualTo(original.getStackTrace());
		assertThat(stackTrace(copy)).startsWith("java.lang.IllegalArgumentException\n").doesNotContain(CANARY);
	}

	@Test
	void anAnonymousClassHasAName() {
		RuntimeException anonymous = new RuntimeException() {
		};
		assertThat(RecordedError.name(RecordedError.of(anonymous))).isEqualTo(anonymous.getClass().getName());
	}

}
