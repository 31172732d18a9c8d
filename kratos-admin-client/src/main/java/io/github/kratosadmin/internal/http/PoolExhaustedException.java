package io.github.kratosadmin.internal.http;

import java.io.IOException;
import java.time.Duration;

/**
 * No connection was free in time, and no further one may be made.
 */
class PoolExhaustedException extends IOException {

	PoolExhaustedException(int connections, Duration timeout, IOException cause) {
		super("all " + connections + " connections are in use, and none was free within " + timeout, cause);
	}

}
