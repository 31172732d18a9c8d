package io.github.kratosadmin.test.embedded.internal.flow;

import java.time.Clock;
import java.util.function.UnaryOperator;

import io.github.kratosadmin.test.embedded.FlowClient;
import io.github.kratosadmin.test.embedded.FlowKind;
import io.github.kratosadmin.test.embedded.internal.identity.StoredIdentity;
import io.github.kratosadmin.test.embedded.internal.text.Json;
import io.github.kratosadmin.test.embedded.internal.text.Names;

/**
 * The actions of a person on self-service flows.
 */
public final class FlowActions {

	private final FlowStore flows;

	private final FlowFactory factory;

	private final FormFactory forms;

	private final Clock clock;

	public FlowActions(FlowStore flows, FlowFactory factory, FormFactory forms, Clock clock) {
		this.flows = flows;
		this.factory = factory;
		this.forms = forms;
		this.clock = clock;
	}

	/**
	 * Starts a flow that needs no identity.
	 * @return the id of the flow
	 */
	public String start(FlowKind kind, FlowClient client) {
		return add(this.factory.create(kind, client));
	}

	/**
	 * Starts a settings flow for an identity.
	 * @return the id of the flow
	 */
	public String startSettings(FlowClient client, StoredIdentity identity) {
		return add(this.factory.createSettings(client, identity));
	}

	private String add(Flow flow) {
		this.flows.add(flow);
		return flow.id();
	}

	/**
	 * Submits a wrong password to a login flow.
	 * @throws IllegalArgumentException if there is no such login flow
	 */
	public void submitWrongPassword(String flowId, String identifier) {
		String input = this.forms.identifierName();
		update(FlowKind.LOGIN, flowId,
				(flow) -> flow.withForm(flow.form()
					.change((node) -> node.name().equals(input) ? node.value(Json.text(identifier)) : node,
							FormText.INVALID_CREDENTIALS)));
	}

	/**
	 * Submits an address to a recovery flow.
	 * @throws IllegalArgumentException if there is no such recovery flow
	 */
	public void submitRecovery(String flowId, String email) {
		update(FlowKind.RECOVERY, flowId, (flow) -> flow.withState(this.forms.emailMethod(), "sent_email")
			.withForm(this.forms.recoverySent(flow.form(), email)));
	}

	private void update(FlowKind kind, String flowId, UnaryOperator<Flow> change) {
		if (this.flows.find(kind, flowId) == null) {
			throw new IllegalArgumentException("There is no " + Names.of(kind) + " flow " + flowId);
		}
		this.flows.update(flowId, change);
	}

	/**
	 * Lets a flow expire.
	 * @throws IllegalArgumentException if there is no such flow
	 */
	public void expire(String flowId) {
		this.flows.update(flowId, (flow) -> flow.expiringAt(this.clock.instant().minusSeconds(1)));
	}

}
