package io.github.kratosadmin.test.embedded.internal.flow;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

import io.github.kratosadmin.test.embedded.FlowClient;
import io.github.kratosadmin.test.embedded.FlowKind;
import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.http.Urls;
import io.github.kratosadmin.test.embedded.internal.identity.StoredIdentity;
import org.jspecify.annotations.Nullable;

/**
 * Creates self-service flows.
 */
public final class FlowFactory {

	private final KratosEra era;

	private final FormFactory forms;

	private final Supplier<String> ids;

	private final Clock clock;

	private final Urls urls;

	private final Duration lifespan;

	public FlowFactory(KratosEra era, FormFactory forms, Supplier<String> ids, Clock clock, Urls urls,
			Duration lifespan) {
		this.era = era;
		this.forms = forms;
		this.ids = ids;
		this.clock = clock;
		this.urls = urls;
		this.lifespan = lifespan;
	}

	/**
	 * Creates a flow that needs no identity.
	 */
	Flow create(FlowKind kind, FlowClient client) {
		return create(kind, client, this.forms.create(kind, client), this.urls.init(kind, client), this.lifespan, null);
	}

	/**
	 * Creates the flow of a recovery link.
	 */
	Flow createForRecoveryLink(String requestUrl, Duration lifespan) {
		return create(FlowKind.RECOVERY, FlowClient.BROWSER, this.forms.create(FlowKind.RECOVERY, FlowClient.BROWSER),
				requestUrl, lifespan, null);
	}

	/**
	 * Creates the flow of a recovery code, which waits for the code.
	 */
	Flow createForRecoveryCode(FlowClient client, String requestUrl, Duration lifespan) {
		return create(FlowKind.RECOVERY, client, this.forms.recoveryCode(), requestUrl, lifespan, null)
			.withState(this.forms.emailMethod(), "sent_email")
			.forEverybody();
	}

	/**
	 * Creates a flow that tests the sign-in with a provider.
	 */
	Flow createTestLogin(String provider, String requestUrl) {
		return create(FlowKind.LOGIN, FlowClient.BROWSER, this.forms.testLogin(provider), requestUrl, this.lifespan,
				null)
			.testing(provider)
			.forEverybody();
	}

	Flow createSettings(FlowClient client, StoredIdentity identity) {
		return create(FlowKind.SETTINGS, client, this.forms.settings(client, identity),
				this.urls.init(FlowKind.SETTINGS, client), this.lifespan, identity.id());
	}

	private Flow create(FlowKind kind, FlowClient client, List<FormNode> nodes, String requestUrl, Duration lifespan,
			@Nullable String identityId) {
		String id = this.ids.get();
		Instant now = this.clock.instant();
		Form form = new Form(this.urls.submit(kind, id), nodes, List.of());
		return new Flow(id, kind, client, now, now.plus(lifespan), requestUrl, active(kind), form,
				FlowRules.initialState(this.era, kind), identityId, false, null);
	}

	private @Nullable String active(FlowKind kind) {
		boolean byEmail = (kind == FlowKind.RECOVERY || kind == FlowKind.VERIFICATION);
		return (byEmail && FlowRules.sendsCodes(this.era)) ? this.forms.emailMethod() : null;
	}

}
