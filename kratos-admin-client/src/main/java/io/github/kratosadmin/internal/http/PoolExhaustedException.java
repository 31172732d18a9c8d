package io.github.kratosadmin.internal.http;

import java.io.IOException;
import java.time.Duration;

/**
 * All connections are in use, and none became free in time.
 */
class PoolExhaustedException extends IOException {

	PoolExhaustedException(int connections, Duration timeout, IOException cause) {
		super("all " + connections + " connections are in use, and none became free within " + timeout, cause);
	}

}
