package io.github.kratosadmin.test.embedded.internal.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import io.github.kratosadmin.test.embedded.FlowClient;
import io.github.kratosadmin.test.embedded.FlowKind;
import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.identity.StoredIdentity;
import io.github.kratosadmin.test.embedded.internal.schema.SchemaStore;
import io.github.kratosadmin.test.embedded.internal.text.Json;
import io.github.kratosadmin.test.embedded.internal.text.Tokens;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Creates the forms of flows. The server has passwords, links or codes, and from 0.10 on
 * authenticator apps and backup codes.
 */
public final class FormFactory {

	/**
	 * A blank image.
	 */
	private static final String QR_CODE = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAAC"
			+ "0lEQVR42mNgAAIAAAUAAen63NgAAAAASUVORK5CYII=";

	private final KratosEra era;

	private final SchemaStore schemas;

	public FormFactory(KratosEra era, SchemaStore schemas) {
		this.era = era;
		this.schemas = schemas;
	}

	/**
	 * Creates the form of a flow that needs no identity.
	 */
	List<FormNode> create(FlowKind kind, FlowClient client) {
		return switch (kind) {
			case LOGIN -> login(client);
			case REGISTRATION -> registration(client);
			case RECOVERY -> withEmail(FormNode.csrfToken(client));
			case VERIFICATION -> verification(client);
			case SETTINGS -> throw new IllegalArgumentException("A settings flow needs an identity");
		};
	}

	private List<FormNode> login(FlowClient client) {
		FormNode identifier = FormNode
			.input(FormRules.separatesIdentifierFromPassword(this.era) ? "default" : "password", identifierName(),
					"text")
			.value(Json.text(""))
			.required()
			.labelled(FormRules.labelsIdentifierAsTrait(this.era)
					? TraitInputs.identifierLabel(defaultSchema(), this.era) : FormText.ID);
		FormText label = FormRules.labelsIdentifierAsTrait(this.era) ? FormText.SIGN_IN_WITH_PASSWORD
				: FormText.SIGN_IN;
		return List.of(FormNode.csrfToken(client), identifier, password("current-password"),
				FormNode.method("password", label));
	}

	/**
	 * The name of the input for the identifier.
	 */
	String identifierName() {
		return FormRules.separatesIdentifierFromPassword(this.era) ? "identifier" : "password_identifier";
	}

	private FormNode password(String completed) {
		return FormNode.input("password", "password", "password")
			.required()
			.completedAs(this.era, completed)
			.labelled(FormText.PASSWORD);
	}

	/**
	 * Creates the form of a flow that tests the sign-in with a provider.
	 */
	List<FormNode> testLogin(String provider) {
		FormNode csrfToken = FormNode.csrfToken(FlowClient.API).value(Json.text(UUID.randomUUID().toString()));
		FormNode submit = FormNode.input("oidc", "provider", "submit")
			.value(Json.text(provider))
			.labelled(FormText.signInWith(provider));
		return List.of(csrfToken, submit);
	}

	private List<FormNode> registration(FlowClient client) {
		List<FormNode> nodes = new ArrayList<>();
		nodes.add(FormNode.csrfToken(client));
		List<String> keys = new ArrayList<>(defaultKeys());
		if (FormRules.asksForTraitsFirst(this.era)) {
			nodes.addAll(TraitInputs.inputs(defaultSchema(), "default", this.era));
			nodes.add(FormNode.method("profile", FormText.SIGN_UP));
			if (FormRules.startsFormsWithCsrfToken(this.era)) {
				keys.add(0, "csrf_token");
			}
			return FormNodes.sort(nodes, List.of("default", "profile"), keys);
		}
		nodes.addAll(TraitInputs.inputs(defaultSchema(), "password", this.era));
		nodes.add(password("new-password"));
		nodes.add(FormNode.method("password", FormText.SIGN_UP));
		keys.add(Math.min(1, keys.size()), "password");
		return FormNodes.sort(nodes, List.of("default", "password"), keys);
	}

	private List<FormNode> verification(FlowClient client) {
		if (FlowRules.sendsCodes(this.era)) {
			// Only browsers have a CSRF token, as the last input.
			List<FormNode> nodes = new ArrayList<>(withEmail());
			if (client == FlowClient.BROWSER) {
				nodes.add(FormNode.csrfToken(client));
			}
			return nodes;
		}
		return withEmail(FormNode.csrfToken(client));
	}

	private List<FormNode> withEmail(FormNode... first) {
		List<FormNode> nodes = new ArrayList<>(List.of(first));
		nodes.add(FormNode.input(emailMethod(), "email", "email")
			.required()
			.labelled(FormRules.labelsEmail(this.era) ? FormText.EMAIL : null));
		nodes.add(FormNode.method(emailMethod(), submitLabel()));
		return nodes;
	}

	/**
	 * The method of recovery and verification by email.
	 */
	String emailMethod() {
		return FlowRules.sendsCodes(this.era) ? "code" : "link";
	}

	private FormText submitLabel() {
		return FormRules.continuesForms(this.era) ? FormText.CONTINUE : FormText.SUBMIT;
	}

	/**
	 * The form of a recovery flow after an address was submitted.
	 */
	Form recoverySent(Form form, String email) {
		if (!FlowRules.sendsCodes(this.era)) {
			return form.change((node) -> switch (node.name()) {
				case "csrf_token" -> node;
				case "email" -> node.value(Json.text(email)).labelled(null);
				default -> FormRules.losesMethodWhenLinkIsSent(this.era) ? node.value(null) : node;
			}, FormText.RECOVERY_LINK_SENT);
		}
		FormNode resend = FormNode.input("code", "email", "submit")
			.value(Json.text(email))
			.labelled(FormText.RESEND_CODE);
		return form.replace(List.of(form.nodes().get(0), code(), FormNode.method("code", "hidden"),
				FormNode.method("code", submitLabel()), resend), FormText.RECOVERY_CODE_SENT);
	}

	/**
	 * The form for a recovery code that an administrator created.
	 */
	List<FormNode> recoveryCode() {
		return List.of(code(), FormNode.method("code", submitLabel()));
	}

	private FormNode code() {
		FormNode code = FormNode.input("code", "code", "text").required().labelled(FormText.RECOVERY_CODE);
		if (FormRules.completesRecoveryCodes(this.era)) {
			code = code.completedAs(this.era, "one-time-code");
		}
		return FormRules.describesCodes(this.era)
				? code.with("pattern", Json.text("[0-9]+")).with("maxlength", Json.number(6)) : code;
	}

	/**
	 * Creates the form of a settings flow.
	 */
	List<FormNode> settings(FlowClient client, StoredIdentity identity) {
		JsonNode schema = this.schemas.get(identity.schemaId()).node();
		List<FormNode> nodes = new ArrayList<>();
		nodes.add(FormNode.csrfToken(client));
		nodes.addAll(
				FormNodes.withTraits(TraitInputs.inputs(schema, "profile", this.era), identity.traits(), "profile"));
		nodes.add(FormNode.method("profile", FormText.SAVE));
		nodes.add(password("new-password"));
		nodes.add(FormNode.method("password", FormText.SAVE));
		if (FormRules.hasSecondFactors(this.era)) {
			addSecondFactors(nodes);
		}
		// The order of the inputs comes from the default schema, even if the identity has
		// another one.
		List<String> keys = new ArrayList<>(defaultKeys());
		keys.addAll(List.of("totp_qr", "totp_secret_key", "totp_code"));
		return FormNodes.sort(nodes, List.of("default", "profile", "password", "lookup_secret", "totp"), keys);
	}

	private void addSecondFactors(List<FormNode> nodes) {
		nodes.add(FormNode.input("lookup_secret", "lookup_secret_regenerate", "submit")
			.value(Json.text("true"))
			.labelled(FormText.GENERATE_LOOKUP_SECRETS));
		ObjectNode picture = Json.object()
			.put("src", QR_CODE)
			.put("id", "totp_qr")
			.put("width", 256)
			.put("height", 256);
		nodes.add(new FormNode("img", "totp", picture, FormText.AUTHENTICATOR_QR_CODE));
		ObjectNode secret = Json.object().put("id", "totp_secret_key");
		secret.set("text", FormText.authenticatorSecret(Tokens.totpSecret()).toJson(this.era));
		nodes.add(new FormNode("text", "totp", secret, FormText.AUTHENTICATOR_SECRET));
		nodes.add(FormNode.input("totp", "totp_code", "text").required().labelled(FormText.VERIFY_CODE));
		nodes.add(FormNode.method("totp", FormText.SAVE));
	}

	private JsonNode defaultSchema() {
		return this.schemas.get(SchemaStore.DEFAULT_ID).node();
	}

	private List<String> defaultKeys() {
		return TraitInputs.keysInOrder(defaultSchema());
	}

}
