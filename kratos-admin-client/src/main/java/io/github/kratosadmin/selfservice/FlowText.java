package io.github.kratosadmin.selfservice;

/**
 * What flows show of themselves: not the URL that began them, as that of a recovery link
 * has its token.
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
