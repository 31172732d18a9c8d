package io.github.kratosadmin.test.embedded.internal.flow;

import java.util.ArrayList;
import java.util.List;

import io.github.kratosadmin.test.embedded.FlowKind;
import io.github.kratosadmin.test.embedded.FlowType;
import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.identity.Identity;
import io.github.kratosadmin.test.embedded.internal.schema.SchemaStore;
import io.github.kratosadmin.test.embedded.internal.text.Json;
import io.github.kratosadmin.test.embedded.internal.text.Tokens;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the forms of flows: those of a server on which passwords, links or codes, and
 * from 0.10 on authenticator apps and backup codes are enabled.
 */
public final class Forms {

	/**
	 * A blank picture.
	 */
	private static final String QR_CODE = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAAC"
			+ "0lEQVR42mNgAAIAAAUAAen63NgAAAAASUVORK5CYII=";

	private final KratosEra era;

	private final SchemaStore schemas;

	public Forms(KratosEra era, SchemaStore schemas) {
		this.era = era;
		this.schemas = schemas;
	}

	/**
	 * The form of a flow that needs no identity.
	 */
	List<UiNode> create(FlowKind kind, FlowType type) {
		return switch (kind) {
			case LOGIN -> login(type);
			case REGISTRATION -> registration(type);
			case RECOVERY -> withEmail(UiNode.csrfToken(type));
			case VERIFICATION -> verification(type);
			case SETTINGS -> throw new IllegalArgumentException("A settings flow needs an identity");
		};
	}

	private List<UiNode> login(FlowType type) {
		UiNode identifier = UiNode
			.input(this.era.separatesIdentifierFromPassword() ? "default" : "password", identifierName(), "text")
			.value(Json.text(""))
			.required()
			.labelled(this.era.labelsIdentifierAsTrait() ? SchemaPaths.identifierLabel(defaultSchema(), this.era)
					: UiText.ID);
		UiText label = this.era.labelsIdentifierAsTrait() ? UiText.SIGN_IN_WITH_PASSWORD : UiText.SIGN_IN;
		return List.of(UiNode.csrfToken(type), identifier, password("current-password"),
				UiNode.method("password", label));
	}

	/**
	 * The name of the input for what a person signs in with.
	 */
	public String identifierName() {
		return this.era.separatesIdentifierFromPassword() ? "identifier" : "password_identifier";
	}

	private UiNode password(String completed) {
		return UiNode.input("password", "password", "password")
			.required()
			.completedAs(this.era, completed)
			.labelled(UiText.PASSWORD);
	}

	private List<UiNode> registration(FlowType type) {
		List<UiNode> nodes = new ArrayList<>();
		nodes.add(UiNode.csrfToken(type));
		List<String> keys = new ArrayList<>(defaultKeys());
		if (this.era.asksForTraitsFirst()) {
			nodes.addAll(SchemaPaths.inputs(defaultSchema(), "default", this.era));
			nodes.add(UiNode.method("profile", UiText.SIGN_UP));
			if (this.era.startsFormsWithCsrfToken()) {
				keys.add(0, "csrf_token");
			}
			return UiNodes.sort(nodes, List.of("default", "profile"), keys);
		}
		nodes.addAll(SchemaPaths.inputs(defaultSchema(), "password", this.era));
		nodes.add(password("new-password"));
		nodes.add(UiNode.method("password", UiText.SIGN_UP));
		keys.add(Math.min(1, keys.size()), "password");
		return UiNodes.sort(nodes, List.of("default", "password"), keys);
	}

	private List<UiNode> verification(FlowType type) {
		if (this.era.sendsCodes()) {
			// Only browsers get a token, and as the last input.
			List<UiNode> nodes = new ArrayList<>(withEmail());
			if (type == FlowType.BROWSER) {
				nodes.add(UiNode.csrfToken(type));
			}
			return nodes;
		}
		return withEmail(UiNode.csrfToken(type));
	}

	private List<UiNode> withEmail(UiNode... first) {
		List<UiNode> nodes = new ArrayList<>(List.of(first));
		nodes.add(UiNode.input(emailMethod(), "email", "email")
			.required()
			.labelled(this.era.labelsEmail() ? UiText.EMAIL : null));
		nodes.add(UiNode.method(emailMethod(), submitLabel()));
		return nodes;
	}

	/**
	 * How emails lead back to Kratos.
	 */
	public String emailMethod() {
		return this.era.sendsCodes() ? "code" : "link";
	}

	private UiText submitLabel() {
		return this.era.continuesForms() ? UiText.CONTINUE : UiText.SUBMIT;
	}

	/**
	 * The form of a recovery flow after an address was submitted to it.
	 */
	public Ui recoverySent(Ui ui, String email) {
		if (!this.era.sendsCodes()) {
			return ui.change((node) -> switch (node.name()) {
				case "csrf_token" -> node;
				case "email" -> node.value(Json.text(email)).labelled(null);
				default -> this.era.losesMethodWhenLinkIsSent() ? node.value(null) : node;
			}, UiText.RECOVERY_LINK_SENT);
		}
		UiNode resend = UiNode.input("code", "email", "submit").value(Json.text(email)).labelled(UiText.RESEND_CODE);
		return ui.replace(List.of(ui.nodes().get(0), code(), UiNode.method("code", "hidden"),
				UiNode.method("code", submitLabel()), resend), UiText.RECOVERY_CODE_SENT);
	}

	/**
	 * The form for a recovery code that nobody was sent.
	 */
	List<UiNode> recoveryCode() {
		return List.of(code(), UiNode.method("code", submitLabel()));
	}

	private UiNode code() {
		UiNode code = UiNode.input("code", "code", "text").required().labelled(UiText.RECOVERY_CODE);
		return this.era.describesCodes() ? code.with("pattern", Json.text("[0-9]+")).with("maxlength", Json.number(6))
				: code;
	}

	/**
	 * The form of a settings flow.
	 */
	List<UiNode> settings(FlowType type, Identity identity) {
		JsonNode schema = this.schemas.get(identity.schemaId()).node();
		List<UiNode> nodes = new ArrayList<>();
		nodes.add(UiNode.csrfToken(type));
		nodes.addAll(UiNodes.withTraits(SchemaPaths.inputs(schema, "profile", this.era), identity.traits(), "profile"));
		nodes.add(UiNode.method("profile", UiText.SAVE));
		nodes.add(password("new-password"));
		nodes.add(UiNode.method("password", UiText.SAVE));
		if (this.era.hasSecondFactors()) {
			addSecondFactors(nodes);
		}
		// The order is that of the default schema, whatever schema the identity has.
		List<String> keys = new ArrayList<>(defaultKeys());
		keys.addAll(List.of("totp_qr", "totp_secret_key", "totp_code"));
		return UiNodes.sort(nodes, List.of("default", "profile", "password", "lookup_secret", "totp"), keys);
	}

	private void addSecondFactors(List<UiNode> nodes) {
		nodes.add(UiNode.input("lookup_secret", "lookup_secret_regenerate", "submit")
			.value(Json.text("true"))
			.labelled(UiText.GENERATE_LOOKUP_SECRETS));
		ObjectNode picture = Json.object()
			.put("src", QR_CODE)
			.put("id", "totp_qr")
			.put("width", 256)
			.put("height", 256);
		nodes.add(new UiNode("img", "totp", picture, UiText.AUTHENTICATOR_QR_CODE));
		ObjectNode secret = Json.object().put("id", "totp_secret_key");
		secret.set("text", UiText.authenticatorSecret(Tokens.totpSecret()).toJson(this.era));
		nodes.add(new UiNode("text", "totp", secret, UiText.AUTHENTICATOR_SECRET));
		nodes.add(UiNode.input("totp", "totp_code", "text").required().labelled(UiText.VERIFY_CODE));
		nodes.add(UiNode.method("totp", UiText.SAVE));
	}

	private JsonNode defaultSchema() {
		return this.schemas.get(SchemaStore.DEFAULT_ID).node();
	}

	private List<String> defaultKeys() {
		return SchemaPaths.keysInOrder(defaultSchema());
	}

}
