package io.github.kratosadmin.samples.migration;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Timeout(60)
class JavaProcessTests {

	@Test
	void waitsNoLongerThanTheLimitAndShowsTheOutput() throws Exception {
		try (JavaProcess process = new JavaProcess(Duration.ofSeconds(10), List.of(), Sleeper.class, List.of())) {
			assertThatIllegalStateException().isThrownBy(process::await).withMessageContaining("pid=");
			assertThat(process.isAlive()).isFalse();
		}
	}

	@Test
	void endsWithTheProcessThatHasStartedIt() throws Exception {
		ProcessHandle child;
		try (JavaProcess parent = new JavaProcess(List.of(), Parent.class, List.of())) {
			String pid = parent.await((line) -> line.startsWith("pid="));
			assertThat(pid).as(parent.output()).isNotNull();
			child = ProcessHandle.of(Long.parseLong(pid.substring("pid=".length()))).orElseThrow();
			parent.kill();
		}
		assertThat(child.onExit().get(30, TimeUnit.SECONDS).isAlive()).isFalse();
	}

	@Test
	void returnsTheExitCodeAndNoLineAfterTheEnd() throws Exception {
		try (JavaProcess process = new JavaProcess(List.of(), Failure.class, List.of("reason"))) {
			assertThat(process.await()).isOne();
			assertThat(process.await((line) -> true)).isNull();
			assertThat(process.output()).contains("failed for a reason");
		}
	}

	static final class Sleeper {

		private Sleeper() {
		}

		public static void main(String[] args) throws Exception {
			System.out.println("pid=" + ProcessHandle.current().pid());
			Thread.currentThread().join();
		}

	}

	static final class Parent {

		private Parent() {
		}

		public static void main(String[] args) throws Exception {
			JavaProcess child = new JavaProcess(List.of(), Sleeper.class, List.of());
			System.out.println(child.await((line) -> line.startsWith("pid=")));
			child.await();
		}

	}

	static final class Failure {

		private Failure() {
		}

		public static void main(String[] args) {
			throw new IllegalArgumentException("failed for a " + args[0]);
		}

	}

}
