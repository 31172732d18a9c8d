package io.github.kratosadmin.test.contract;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import io.github.kratosadmin.test.embedded.FlowClient;
import io.github.kratosadmin.test.embedded.FlowKind;
import io.github.kratosadmin.test.embedded.IssuedSession;

/**
 * An {@link EmbeddedKratos}.
 */
class EmbeddedTarget implements ContractTarget {

	private final EmbeddedKratos kratos;

	private final Map<String, IssuedSession> sessions = new ConcurrentHashMap<>();

	EmbeddedTarget(EmbeddedKratos kratos) {
		this.kratos = kratos;
	}

	@Override
	public String adminUrl() {
		return this.kratos.adminUrl().toString();
	}

	@Override
	public String publicUrl() {
		return this.kratos.publicUrl().toString();
	}

	@Override
	public String register(String email) {
		IssuedSession session = this.kratos.register("{\"email\":\"" + email + "\"}");
		this.sessions.put(session.token(), session);
		return session.token();
	}

	@Override
	public void signIn(String email, String identityId) {
		this.kratos.createSession(identityId);
	}

	@Override
	public String startFlow(FlowKind kind) {
		return this.kratos.createFlow(kind, FlowClient.API);
	}

	@Override
	public String startSettingsFlow(String sessionToken) {
		return this.kratos.createSettingsFlow(FlowClient.API, this.sessions.get(sessionToken));
	}

	@Override
	public String startBrowserFlow(FlowKind kind) {
		return this.kratos.createFlow(kind, FlowClient.BROWSER);
	}

	@Override
	public void submitWrongPassword(String flowId, String identifier) {
		this.kratos.submitWrongPassword(flowId, identifier);
	}

	@Override
	public void submitRecovery(String flowId, String email) {
		this.kratos.submitRecovery(flowId, email);
	}

	@Override
	public void expire(String flowId) {
		this.kratos.expireFlow(flowId);
	}

	@Override
	public void close() {
		this.kratos.close();
	}

}
