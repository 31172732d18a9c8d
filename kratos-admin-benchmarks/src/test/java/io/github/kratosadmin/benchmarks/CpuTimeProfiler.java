package io.github.kratosadmin.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;

import com.sun.management.OperatingSystemMXBean;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Measures the CPU time of the whole process per call, including the garbage collector
 * and the other threads of the client.
 */
public class CpuTimeProfiler implements InternalProfiler {

	static final String LABEL = "cpu";

	private final OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

	private long before;

	@Override
	public String getDescription() {
		return "CPU time of the process per operation";
	}

	@Override
	public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
		this.before = this.process.getProcessCpuTime();
	}

	@Override
	public Collection<? extends Result<?>> afterIteration(BenchmarkParams benchmark, IterationParams iteration,
			IterationResult result) {
		long nanos = this.process.getProcessCpuTime() - this.before;
		double micros = nanos / 1000.0 / Math.max(1, result.getMetadata().getAllOps());
		return List.of(new ScalarResult(LABEL, micros, "us/op", AggregationPolicy.AVG));
	}

}
