package io.github.kratosadmin.batch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.error.KratosBadRequestException;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosUnreadableResponseException;
import io.github.kratosadmin.error.KratosUnsupportedException;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.ListIdentities;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.util.Assert;

/**
 * Splits the ids of identities into ranges of the same size, so that several threads or
 * machines read them at the same time. Works with Kratos 1.1 and later. The ids are
 * random, so the ranges have about the same number of identities. A
 * {@link KratosIdentityItemReader} in the partitioned step, a {@code @StepScope} bean,
 * reads the range of its partition without further configuration.
 * <p>
 * <strong>It makes page tokens, which Kratos asks clients not to do</strong>: see
 * {@link ListIdentities.Builder#startAfter(String)}. Therefore {@link #partition(int)}
 * requests a small page at each bound, and checks that its ids are greater than the bound
 * and ascending. The reader checks the ids of its range too.
 * <p>
 * After a restart, Spring Batch keeps the number of partitions of the first run, even if
 * another grid size is configured.
 * <p>
 * Thread-safe.
 */
// Not a PartitionNameProvider: if the first run ended before its partitions were stored,
// Batch would then start them without a range after a restart, and each would read all
// identities.
public class KratosIdentityRangePartitioner implements Partitioner {

	/**
	 * The key in the execution context of a partition with the exclusive lower bound of
	 * its range, a UUID.
	 */
	public static final String AFTER_KEY = "kratos.identity.range.after";

	/**
	 * The key in the execution context of a partition with the inclusive upper bound of
	 * its range, a UUID.
	 */
	public static final String THROUGH_KEY = "kratos.identity.range.through";

	private static final Log logger = LogFactory.getLog(KratosIdentityRangePartitioner.class);

	private final KratosAdmin kratosAdmin;

	private final boolean orOneRange;

	KratosIdentityRangePartitioner(KratosAdmin kratosAdmin, boolean orOneRange) {
		this.kratosAdmin = kratosAdmin;
		this.orOneRange = orOneRange;
	}

	/**
	 * Creates a partitioner, which makes page tokens. If a server does not list the
	 * identities of a range, the partitioned step fails.
	 * @param kratosAdmin the client, which the partitioner does not close
	 * @return the partitioner
	 */
	public static KratosIdentityRangePartitioner craftingPageTokens(KratosAdmin kratosAdmin) {
		return new KratosIdentityRangePartitioner(kratosAdmin, false);
	}

	/**
	 * Returns a partitioner that makes one range of all identities, and logs a warning,
	 * if the server does not list the identities of a range, such as Kratos up to 1.0.
	 * @return the partitioner
	 */
	public KratosIdentityRangePartitioner orOneRange() {
		return new KratosIdentityRangePartitioner(this.kratosAdmin, true);
	}

	/**
	 * Splits the ids. Sends a request for each range but the first.
	 * @param gridSize the number of ranges
	 * @return the execution contexts of the partitions, with {@link #AFTER_KEY} and
	 * {@link #THROUGH_KEY}, by the names of the partitions, such as {@code range0of4}
	 * @throws IllegalArgumentException if the number is less than 1
	 * @throws IllegalStateException if the server does not list the identities of a range
	 * @throws KratosException if a request fails for another reason
	 */
	@Override
	public Map<String, ExecutionContext> partition(int gridSize) {
		Assert.isTrue(gridSize > 0, "The grid size must be at least 1, but was " + gridSize);
		List<IdRange> ranges = IdRange.split(gridSize);
		KratosException problem = problem(ranges);
		if (problem != null) {
			if (!this.orOneRange) {
				throw new IllegalStateException("The identities of this server cannot be split into ranges:"
						+ " use a step without partitions, or a partitioner with orOneRange()", problem);
			}
			logger.warn("A single partition reads all identities, as those of this server cannot be split into ranges: "
					+ problem.getMessage());
			ranges = IdRange.split(1);
		}
		Map<String, ExecutionContext> partitions = new LinkedHashMap<>();
		for (IdRange range : ranges) {
			partitions.put("range" + partitions.size() + "of" + ranges.size(), range.toExecutionContext());
		}
		return partitions;
	}

	/**
	 * Returns why the server does not list the identities of the ranges.
	 * @return the reason, or {@code null} if it does
	 * @throws KratosException if a request fails for another reason, such as a 400 or a
	 * page of a gateway
	 */
	private @Nullable KratosException problem(List<IdRange> ranges) {
		for (IdRange range : ranges.subList(1, ranges.size())) {
			List<Identity> identities;
			try {
				identities = list(range);
			}
			catch (KratosUnsupportedException ex) {
				return ex;
			}
			catch (KratosBadRequestException ex) {
				if (!ex.isFromKratos()) {
					throw ex;
				}
				return ex;
			}
			try {
				checkOrder(range, identities);
			}
			catch (KratosUnreadableResponseException ex) {
				return ex;
			}
		}
		return null;
	}

	private List<Identity> list(IdRange range) {
		ListIdentities query = ListIdentities.builder().startAfter(range.after()).pageSize(2).build();
		return this.kratosAdmin.identities().listIdentities(query).items();
	}

	private static void checkOrder(IdRange range, List<Identity> identities) {
		String previous = range.after();
		for (Identity identity : identities) {
			IdOrder.ASCENDING.check(previous, identity.id());
			previous = identity.id();
		}
	}

}
