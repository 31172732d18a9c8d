package io.github.kratosadmin.recovery;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

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
	@PostMapping(path = "/recovery/link", consumes = "application/json", produces = "application/json")
	RecoveryLink createRecoveryLink(@RequestBody CreateRecoveryLink link);

}
