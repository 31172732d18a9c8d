package io.github.kratosadmin.autoconfigure;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Inquiry}.
 */
@Timeout(30)
class InquiryTests {

	private final AtomicInteger asked = new AtomicInteger();

	@Test
	void whoAsksMeanwhileGetsTheSameAnswer() throws Exception {
		CountDownLatch answer = new CountDownLatch(1);
		Inquiry<Integer> inquiry = new Inquiry<>(Thread::new, () -> {
			answer.await();
			return this.asked.incrementAndGet();
		});
		Future<Integer> first = inquiry.ask();
		assertThat(inquiry.ask()).isSameAs(first);
		answer.countDown();
		assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo(1);
	}

	@Test
	void whoAsksLaterGetsANewAnswer() throws Exception {
		Inquiry<Integer> inquiry = new Inquiry<>(Thread::new, this.asked::incrementAndGet);
		assertThat(inquiry.ask().get(10, TimeUnit.SECONDS)).isEqualTo(1);
		assertThat(inquiry.ask().get(10, TimeUnit.SECONDS)).isEqualTo(2);
	}

	@Test
	void isAskedAgainAfterAFailure() throws Exception {
		Inquiry<Integer> inquiry = new Inquiry<>(Thread::new, () -> {
			if (this.asked.incrementAndGet() == 1) {
				throw new IllegalStateException();
			}
			return this.asked.get();
		});
		assertThat(inquiry.ask()).failsWithin(10, TimeUnit.SECONDS);
		assertThat(inquiry.ask().get(10, TimeUnit.SECONDS)).isEqualTo(2);
	}

	@Test
	void isAskedAgainAfterAThreadThatCouldNotStart() throws Exception {
		AtomicInteger threads = new AtomicInteger();
		Inquiry<Integer> inquiry = new Inquiry<>(
				(task) -> (threads.incrementAndGet() == 1) ? new UnstartableThread() : new Thread(task),
				this.asked::incrementAndGet);
		assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(inquiry::ask);
		assertThat(inquiry.ask().get(10, TimeUnit.SECONDS)).isEqualTo(1);
	}

	private static final class UnstartableThread extends Thread {

		@Override
		public synchronized void start() {
			throw new OutOfMemoryError("unable to create native thread");
		}

	}

}
