package io.github.kratosadmin.test.embedded;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Starts self-service flows with their forms.
 */
final class FlowFactory {

	private final SchemaStore schemas;

	private final Supplier<String> ids;

	private final Clock clock;

	private final Urls urls;

	private final Duration lifespan;

	FlowFactory(SchemaStore schemas, Supplier<String> ids, Clock clock, Urls urls, Duration lifespan) {
		this.schemas = schemas;
		this.ids = ids;
		this.clock = clock;
		this.urls = urls;
		this.lifespan = lifespan;
	}

	/**
	 * A flow that needs no identity.
	 */
	Flow create(FlowKind kind, FlowType type) {
		return create(kind, type, nodes(kind, type), this.urls.init(kind, type), this.lifespan, null);
	}

	/**
	 * The flow that a recovery link leads to.
	 */
	Flow createForRecoveryLink(Duration lifespan) {
		return create(FlowKind.RECOVERY, FlowType.BROWSER, nodes(FlowKind.RECOVERY, FlowType.BROWSER),
				this.urls.admin() + "/recovery/link", lifespan, null);
	}

	Flow createSettings(FlowType type, Identity identity) {
		JsonNode schema = this.schemas.get(identity.schemaId()).node();
		List<UiNode> nodes = new ArrayList<>();
		nodes.add(UiNode.csrfToken(type));
		nodes.addAll(UiNodes.withTraits(SchemaPaths.inputs(schema, "profile"), identity.traits(), "profile"));
		nodes.add(UiNode.method("profile", UiText.SAVE));
		nodes.add(UiNode.password());
		nodes.add(UiNode.method("password", UiText.SAVE));
		// The order is that of the default schema, whatever schema the identity has.
		List<UiNode> sorted = UiNodes.sort(nodes, List.of("default", "profile", "password"), defaultKeys());
		return create(FlowKind.SETTINGS, type, sorted, this.urls.init(FlowKind.SETTINGS, type), this.lifespan,
				identity.id());
	}

	private Flow create(FlowKind kind, FlowType type, List<UiNode> nodes, String requestUrl, Duration lifespan,
			@Nullable String identityId) {
		String id = this.ids.get();
		Instant now = this.clock.instant();
		Ui ui = new Ui(this.urls.submit(kind, id), nodes, List.of());
		return new Flow(id, kind, type, now, now.plus(lifespan), requestUrl, null, ui, kind.initialState(), identityId);
	}

	private List<UiNode> nodes(FlowKind kind, FlowType type) {
		UiNode csrfToken = UiNode.csrfToken(type);
		return switch (kind) {
			case LOGIN ->
				List.of(csrfToken, UiNode.identifier(), UiNode.password(), UiNode.method("password", UiText.SIGN_IN));
			case REGISTRATION -> registrationNodes(csrfToken);
			case RECOVERY, VERIFICATION -> List.of(csrfToken, UiNode.email(), UiNode.method("link", UiText.SUBMIT));
			case SETTINGS -> throw new IllegalArgumentException("A settings flow needs an identity");
		};
	}

	private List<UiNode> registrationNodes(UiNode csrfToken) {
		List<UiNode> nodes = new ArrayList<>();
		nodes.add(csrfToken);
		nodes.addAll(SchemaPaths.inputs(defaultSchema(), "password"));
		nodes.add(UiNode.password());
		nodes.add(UiNode.method("password", UiText.SIGN_UP));
		List<String> keys = new ArrayList<>(defaultKeys());
		keys.add(Math.min(1, keys.size()), "password");
		return UiNodes.sort(nodes, List.of("default", "password"), keys);
	}

	private JsonNode defaultSchema() {
		return this.schemas.get(SchemaStore.DEFAULT_ID).node();
	}

	private List<String> defaultKeys() {
		return SchemaPaths.keysInOrder(defaultSchema());
	}

}
