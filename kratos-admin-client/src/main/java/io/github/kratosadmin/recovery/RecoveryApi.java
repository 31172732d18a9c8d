package io.github.kratosadmin.recovery;

import io.github.kratosadmin.internal.operation.OnNewConnection;
import io.github.kratosadmin.version.SinceKratos;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Lets people back into their accounts.
 * <p>
 * Each method throws an {@link IllegalArgumentException} before anything is sent if an
 * argument is missing, and a {@link io.github.kratosadmin.error.KratosException} if the
 * call fails.
 */
public interface RecoveryApi {

	/**
	 * Makes a link that signs an identity in to recover its account. Kratos sends it to
	 * nobody: the application does.
	 * @param link whose account, and how long the link is good for
	 * @return the link, a secret
	 * @throws io.github.kratosadmin.error.KratosBadRequestException if the expiry cannot
	 * be, or (from Kratos 0.9 on) there is no such identity
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is no such
	 * identity (up to Kratos 0.8), or links are switched off
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/createRecoveryLinkForIdentity">createRecoveryLink</a>,
	 * later called createRecoveryLinkForIdentity; Kratos 0.6 and later
	 */
	default RecoveryLink createRecoveryLink(CreateRecoveryLink link) {
		return createRecoveryLink(link, null);
	}

	/**
	 * Makes a link that signs an identity in to recover its account, and says where it
	 * leads in the end. Kratos sends it to nobody: the application does.
	 * @param link whose account, and how long the link is good for
	 * @param returnTo the URL to go to when the account is recovered, one of those that
	 * Kratos is configured to allow, or {@code null} for Kratos's default; since Kratos
	 * 0.9
	 * @return the link, a secret
	 * @throws io.github.kratosadmin.error.KratosBadRequestException if the expiry cannot
	 * be, the URL is not allowed, or (from Kratos 0.9 on) there is no such identity
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is no such
	 * identity (up to Kratos 0.8), or links are switched off
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/createRecoveryLinkForIdentity">createRecoveryLink</a>,
	 * later called createRecoveryLinkForIdentity; Kratos 0.6 and later
	 */
	@PostMapping(path = "/recovery/link", consumes = "application/json", produces = "application/json")
	@OnNewConnection
	RecoveryLink createRecoveryLink(@RequestBody CreateRecoveryLink link,
			@SinceKratos("0.9") @RequestParam(name = "return_to", required = false) @Nullable String returnTo);

	/**
	 * Makes a code that signs an identity in to recover its account, where links are
	 * switched off: by default, from Kratos 0.11 on. Kratos sends it to nobody: the
	 * application does.
	 * @param code whose account, and how long the code is good for
	 * @return the code and where to enter it, both secret
	 * @throws io.github.kratosadmin.error.KratosBadRequestException if the expiry or the
	 * type of flow cannot be
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is no such
	 * identity, or codes are switched off
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/createRecoveryCodeForIdentity">createRecoveryCodeForIdentity</a>,
	 * Kratos 0.11 and later
	 */
	@PostMapping(path = "/recovery/code", consumes = "application/json", produces = "application/json")
	@OnNewConnection
	@SinceKratos("0.11")
	RecoveryCode createRecoveryCodeForIdentity(@RequestBody CreateRecoveryCode code);

}
