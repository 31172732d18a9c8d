package io.github.kratosadmin.test.embedded.internal.flow;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

import io.github.kratosadmin.test.embedded.FlowKind;
import org.jspecify.annotations.Nullable;

/**
 * The self-service flows of a server.
 */
public final class FlowStore {

	private final Map<String, Flow> flows = new ConcurrentHashMap<>();

	void add(Flow flow) {
		this.flows.put(flow.id(), flow);
	}

	@Nullable Flow find(FlowKind kind, @Nullable String id) {
		Flow flow = (id != null) ? this.flows.get(id) : null;
		return (flow != null && flow.kind() == kind) ? flow : null;
	}

	/**
	 * Changes a flow.
	 * @throws IllegalArgumentException if there is no such flow
	 */
	void update(String id, UnaryOperator<Flow> change) {
		Flow updated = this.flows.computeIfPresent(id, (key, flow) -> change.apply(flow));
		if (updated == null) {
			throw new IllegalArgumentException("There is no flow " + id);
		}
	}

	public void removeSettingsOf(String identityId) {
		this.flows.values().removeIf((flow) -> identityId.equals(flow.identityId()));
	}

	/**
	 * Takes a snapshot of the flows.
	 * @return an action that restores it
	 */
	public Runnable snapshot() {
		Map<String, Flow> flows = Map.copyOf(this.flows);
		return () -> {
			this.flows.clear();
			this.flows.putAll(flows);
		};
	}

}
