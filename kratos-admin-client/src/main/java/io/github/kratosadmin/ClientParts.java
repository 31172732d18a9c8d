package io.github.kratosadmin;

import io.github.kratosadmin.internal.feign.FeignClients;
import io.github.kratosadmin.internal.operation.ActiveCalls;
import io.github.kratosadmin.internal.operation.CallerContext;

/**
 * The parts of a client.
 *
 * @param groups the groups of operations
 * @param calls the running calls
 * @param context the values that calls take from the thread of the caller
 * @param statistics reads the statistics, and has the counters
 */
record ClientParts(FeignClients groups, ActiveCalls calls, CallerContext context, StatisticsReader statistics) {

	void close() {
		// First, so that groups that another thread creates now open no connections.
		this.calls.close();
		this.groups.close();
	}

}
