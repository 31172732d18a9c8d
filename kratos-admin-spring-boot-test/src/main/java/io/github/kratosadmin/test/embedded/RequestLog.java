package io.github.kratosadmin.test.embedded;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The last requests that a server received.
 */
final class RequestLog {

	static final int CAPACITY = 10_000;

	private final Deque<ReceivedRequest> requests = new ArrayDeque<>();

	private long count;

	synchronized void add(ReceivedRequest request) {
		if (this.requests.size() == CAPACITY) {
			this.requests.removeFirst();
		}
		this.requests.addLast(request);
		this.count++;
	}

	synchronized List<ReceivedRequest> requests() {
		return List.copyOf(this.requests);
	}

	synchronized long count() {
		return this.count;
	}

	synchronized void clear() {
		this.requests.clear();
		this.count = 0;
	}

}
