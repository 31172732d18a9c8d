package com.example.reactive;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Runs calls on threads that may block.
 */
final class Blocking {

	private Blocking() {
	}

	/**
	 * Runs a call. If the caller cancels it, its thread is interrupted, and its failure
	 * does not go to the log: nobody waits for it.
	 */
	static <T> Mono<T> call(Callable<T> call) {
		return Mono.<T>create((sink) -> {
			AtomicBoolean canceled = new AtomicBoolean();
			sink.onCancel(() -> canceled.set(true));
			try {
				sink.success(call.call());
			}
			catch (Exception ex) {
				if (!canceled.get()) {
					sink.error(ex);
				}
			}
		}).subscribeOn(Schedulers.boundedElastic());
	}

}
