package io.github.kratosadmin.selfservice;

import io.github.kratosadmin.version.SinceKratos;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Reads self-service flows and the errors shown to users.
 * <p>
 * Kratos 0.7 and later serves these operations at its public API, except
 * {@link #createTestLoginFlow}. If a public URL is set, they are sent there; otherwise
 * the client follows the redirect. It never sends the admin credentials there. A flow in
 * a browser needs the CSRF cookie of the browser at the public API. An application does
 * not have it, so Kratos refuses such a flow with a
 * {@link io.github.kratosadmin.error.KratosForbiddenException}.
 * <p>
 * Each method throws an {@link IllegalArgumentException} before anything is sent if an
 * argument is missing, blank, {@code .} or {@code ..}, and a
 * {@link io.github.kratosadmin.error.KratosException} if the call fails.
 */
public interface SelfServiceApi {

	/**
	 * Reads an error that was shown to a user.
	 * @param error the id of the error, from the {@code error} or {@code id} parameter of
	 * the error page
	 * @return the error
	 * @throws io.github.kratosadmin.error.KratosForbiddenException if the error belongs
	 * to another browser
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is no error
	 * with this id
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/frontend/operation/getFlowError">getSelfServiceError</a>,
	 * later renamed getFlowError
	 */
	@GetMapping(path = "/self-service/errors", produces = "application/json")
	SelfServiceError getSelfServiceError(@RequestParam("error") String error);

	/**
	 * Reads a login flow.
	 * @param id the id of the flow
	 * @return the flow
	 * @throws io.github.kratosadmin.error.KratosForbiddenException if the flow belongs to
	 * a browser (Kratos 0.7 and later)
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is no flow
	 * with this id
	 * @throws io.github.kratosadmin.error.KratosFlowExpiredException if the flow has
	 * expired
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/frontend/operation/getLoginFlow">getSelfServiceLoginFlow</a>,
	 * later renamed getLoginFlow
	 */
	@GetMapping(path = "/self-service/login/flows", produces = "application/json")
	LoginFlow getSelfServiceLoginFlow(@RequestParam("id") String id);

	/**
	 * Creates a login flow that tests an OpenID Connect provider. A user who signs in
	 * with it becomes no identity and gets no session. The form of the flow has a token
	 * of its own, so the flow can be submitted in any browser. Kratos serves this
	 * operation at its admin API.
	 * @param flow the provider to test
	 * @return the flow, with the provider in its {@link LoginFlow#testContext()}
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is no provider
	 * with this id
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/createTestLoginFlow">createTestLoginFlow</a>
	 */
	@PostMapping(path = "/test-login-flows", consumes = "application/json", produces = "application/json")
	@SinceKratos("after 26.2")
	LoginFlow createTestLoginFlow(@RequestBody CreateTestLoginFlow flow);

	/**
	 * Reads a registration flow.
	 * @param id the id of the flow
	 * @return the flow
	 * @throws io.github.kratosadmin.error.KratosForbiddenException if the flow belongs to
	 * a browser (Kratos 0.7 and later)
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is no flow
	 * with this id
	 * @throws io.github.kratosadmin.error.KratosFlowExpiredException if the flow has
	 * expired
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/frontend/operation/getRegistrationFlow">getSelfServiceRegistrationFlow</a>,
	 * later renamed getRegistrationFlow
	 */
	@GetMapping(path = "/self-service/registration/flows", produces = "application/json")
	RegistrationFlow getSelfServiceRegistrationFlow(@RequestParam("id") String id);

	/**
	 * Reads a recovery flow.
	 * @param id the id of the flow
	 * @return the flow
	 * @throws io.github.kratosadmin.error.KratosForbiddenException if the flow belongs to
	 * a browser (Kratos 0.7 and later)
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is no flow
	 * with this id
	 * @throws io.github.kratosadmin.error.KratosFlowExpiredException if the flow has
	 * expired
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/frontend/operation/getRecoveryFlow">getSelfServiceRecoveryFlow</a>,
	 * later renamed getRecoveryFlow
	 */
	@GetMapping(path = "/self-service/recovery/flows", produces = "application/json")
	RecoveryFlow getSelfServiceRecoveryFlow(@RequestParam("id") String id);

	/**
	 * Reads a settings flow.
	 * @param id the id of the flow
	 * @param sessionToken the session token of the identity that the settings belong to,
	 * or {@code null}. Kratos 0.7 and later requires it. If it is set, the client does
	 * not follow a redirect to another host, except that of the public URL
	 * @return the flow
	 * @throws io.github.kratosadmin.error.KratosRedirectException if Kratos redirects a
	 * call with a session token to another host: nothing was sent there
	 * @throws io.github.kratosadmin.error.KratosUnauthorizedException if there is no
	 * session with this token
	 * @throws io.github.kratosadmin.error.KratosForbiddenException if the session belongs
	 * to another identity, or there is no flow with this id (Kratos 0.7, and the public
	 * API of 0.6)
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is no flow
	 * with this id
	 * @throws io.github.kratosadmin.error.KratosFlowExpiredException if the flow has
	 * expired
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/frontend/operation/getSettingsFlow">getSelfServiceSettingsFlow</a>,
	 * later renamed getSettingsFlow
	 */
	@GetMapping(path = "/self-service/settings/flows", produces = "application/json")
	SettingsFlow getSelfServiceSettingsFlow(@RequestParam("id") String id,
			@RequestHeader(name = "X-Session-Token", required = false) @Nullable String sessionToken);

	/**
	 * Reads a verification flow.
	 * @param id the id of the flow
	 * @return the flow
	 * @throws io.github.kratosadmin.error.KratosForbiddenException if the flow belongs to
	 * a browser (Kratos 0.7 and later)
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is no flow
	 * with this id
	 * @throws io.github.kratosadmin.error.KratosFlowExpiredException if the flow has
	 * expired
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/frontend/operation/getVerificationFlow">getSelfServiceVerificationFlow</a>,
	 * later renamed getVerificationFlow
	 */
	@GetMapping(path = "/self-service/verification/flows", produces = "application/json")
	VerificationFlow getSelfServiceVerificationFlow(@RequestParam("id") String id);

}
