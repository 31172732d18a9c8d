package io.github.kratosadmin.selfservice;

/**
 * The text of {@code toString()} of flows. It does not have the request URL, which has
 * the token of a recovery link.
 */
final class FlowText {

	private FlowText() {
	}

	static String of(SelfServiceFlow flow, String more) {
		return flow.getClass().getSimpleName() + "[id=" + flow.id() + ", type=" + flow.type() + ", expiresAt="
				+ flow.expiresAt() + ", issuedAt=" + flow.issuedAt() + ", active=" + flow.active() + ", state="
				+ flow.state() + ", ui=" + flow.ui() + more + "]";
	}

}
