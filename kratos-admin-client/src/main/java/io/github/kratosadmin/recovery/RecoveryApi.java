package io.github.kratosadmin.recovery;

import io.github.kratosadmin.internal.operation.OnNewConnection;
import io.github.kratosadmin.version.SinceKratos;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Creates links and codes with which the owner of an account recovers it.
 * <p>
 * Each method throws an {@link IllegalArgumentException} before anything is sent if an
 * argument is missing, and a {@link io.github.kratosadmin.error.KratosException} if the
 * call fails.
 */
public interface RecoveryApi {

	/**
	 * Creates a recovery link, which leads to the default URL of Kratos after the
	 * recovery.
	 * @param link the identity and the lifetime of the link
	 * @return the link, a secret
	 * @see #createRecoveryLink(CreateRecoveryLink, String)
	 */
	default RecoveryLink createRecoveryLink(CreateRecoveryLink link) {
		return createRecoveryLink(link, null);
	}

	/**
	 * Creates a recovery link, which signs an identity in. Kratos does not send it: the
	 * application passes it to the owner of the account.
	 * @param link the identity and the lifetime of the link
	 * @param returnTo the URL to go to after the recovery, one that the configuration of
	 * Kratos allows, or {@code null} for the default of Kratos
	 * @return the link, a secret
	 * @throws io.github.kratosadmin.error.KratosBadRequestException if the lifetime is
	 * not valid, the URL is not allowed, or there is no identity with this id (Kratos 0.9
	 * and later)
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if links are switched
	 * off, or there is no identity with this id (Kratos up to 0.8)
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/createRecoveryLinkForIdentity">createRecoveryLink</a>,
	 * later renamed createRecoveryLinkForIdentity
	 */
	@PostMapping(path = "/recovery/link", consumes = "application/json", produces = "application/json")
	@OnNewConnection
	RecoveryLink createRecoveryLink(@RequestBody CreateRecoveryLink link,
			@SinceKratos("0.9") @RequestParam(name = "return_to", required = false) @Nullable String returnTo);

	/**
	 * Creates a recovery code, which signs an identity in. Use it if links are switched
	 * off, the default of Kratos 0.11 and later. Kratos does not send the code: the
	 * application passes it to the owner of the account.
	 * @param code the identity, the lifetime of the code and the type of the flow
	 * @return the code and the link to enter it at, both secret
	 * @throws io.github.kratosadmin.error.KratosBadRequestException if the lifetime or
	 * the type of the flow is not valid
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is no identity
	 * with this id, or codes are switched off
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/createRecoveryCodeForIdentity">createRecoveryCodeForIdentity</a>
	 */
	@PostMapping(path = "/recovery/code", consumes = "application/json", produces = "application/json")
	@OnNewConnection
	@SinceKratos("0.11")
	RecoveryCode createRecoveryCodeForIdentity(@RequestBody CreateRecoveryCode code);

}
