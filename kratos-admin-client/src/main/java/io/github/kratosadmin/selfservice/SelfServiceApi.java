package io.github.kratosadmin.selfservice;

import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Reads self-service flows and the errors shown to users.
 * <p>
 * Kratos from 0.7 on answers these at its public address: with a public URL they go
 * there, without one the redirect is followed. The admin credentials are never sent
 * there. At that address a browser's flow needs the browser's CSRF cookie, which an
 * application does not have: it is refused with a
 * {@link io.github.kratosadmin.error.KratosForbiddenException}.
 * <p>
 * Each method throws an {@link IllegalArgumentException} before anything is sent if an
 * argument is missing, blank, {@code .} or {@code ..}, and a
 * {@link io.github.kratosadmin.error.KratosException} if the call fails.
 */
public interface SelfServiceApi {

	/**
	 * Reads an error that was shown to a user.
	 * @param error the error's id, from the {@code error} or {@code id} parameter of the
	 * error page
	 * @return the error
	 * @throws io.github.kratosadmin.error.KratosForbiddenException if the error belongs
	 * to another browser
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is none with
	 * this id
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/frontend/operation/getFlowError">getSelfServiceError</a>,
	 * later called getFlowError; Kratos 0.6 and later
	 */
	@GetMapping(path = "/self-service/errors", produces = "application/json")
	SelfServiceError getSelfServiceError(@RequestParam("error") String error);

	/**
	 * Reads a login flow.
	 * @param id the flow's id
	 * @return the flow
	 * @throws io.github.kratosadmin.error.KratosForbiddenException if it is a browser's
	 * flow, from Kratos 0.7 on
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is none with
	 * this id
	 * @throws io.github.kratosadmin.error.KratosFlowExpiredException if it has expired
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/frontend/operation/getLoginFlow">getSelfServiceLoginFlow</a>,
	 * later called getLoginFlow; Kratos 0.6 and later
	 */
	@GetMapping(path = "/self-service/login/flows", produces = "application/json")
	LoginFlow getSelfServiceLoginFlow(@RequestParam("id") String id);

	/**
	 * Reads a registration flow.
	 * @param id the flow's id
	 * @return the flow
	 * @throws io.github.kratosadmin.error.KratosForbiddenException if it is a browser's
	 * flow, from Kratos 0.7 on
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is none with
	 * this id
	 * @throws io.github.kratosadmin.error.KratosFlowExpiredException if it has expired
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/frontend/operation/getRegistrationFlow">getSelfServiceRegistrationFlow</a>,
	 * later called getRegistrationFlow; Kratos 0.6 and later
	 */
	@GetMapping(path = "/self-service/registration/flows", produces = "application/json")
	RegistrationFlow getSelfServiceRegistrationFlow(@RequestParam("id") String id);

	/**
	 * Reads a recovery flow.
	 * @param id the flow's id
	 * @return the flow
	 * @throws io.github.kratosadmin.error.KratosForbiddenException if it is a browser's
	 * flow, from Kratos 0.7 on
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is none with
	 * this id
	 * @throws io.github.kratosadmin.error.KratosFlowExpiredException if it has expired
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/frontend/operation/getRecoveryFlow">getSelfServiceRecoveryFlow</a>,
	 * later called getRecoveryFlow; Kratos 0.6 and later
	 */
	@GetMapping(path = "/self-service/recovery/flows", produces = "application/json")
	RecoveryFlow getSelfServiceRecoveryFlow(@RequestParam("id") String id);

	/**
	 * Reads a settings flow.
	 * @param id the flow's id
	 * @param sessionToken the session token of the identity whose settings they are, or
	 * {@code null}; Kratos from 0.7 on asks for it. With it a redirect to another host is
	 * not followed, unless that is the public URL's
	 * @return the flow
	 * @throws io.github.kratosadmin.error.KratosRedirectException if Kratos redirects the
	 * call with a session token to another host: nothing was sent there
	 * @throws io.github.kratosadmin.error.KratosUnauthorizedException if there is no
	 * session with this token
	 * @throws io.github.kratosadmin.error.KratosForbiddenException if the session is
	 * another identity's, or (Kratos 0.7, and 0.6 at its public address) there is no flow
	 * with this id
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is none with
	 * this id
	 * @throws io.github.kratosadmin.error.KratosFlowExpiredException if it has expired
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/frontend/operation/getSettingsFlow">getSelfServiceSettingsFlow</a>,
	 * later called getSettingsFlow; Kratos 0.6 and later
	 */
	@GetMapping(path = "/self-service/settings/flows", produces = "application/json")
	SettingsFlow getSelfServiceSettingsFlow(@RequestParam("id") String id,
			@RequestHeader(name = "X-Session-Token", required = false) @Nullable String sessionToken);

	/**
	 * Reads a verification flow.
	 * @param id the flow's id
	 * @return the flow
	 * @throws io.github.kratosadmin.error.KratosForbiddenException if it is a browser's
	 * flow, from Kratos 0.7 on
	 * @throws io.github.kratosadmin.error.KratosNotFoundException if there is none with
	 * this id
	 * @throws io.github.kratosadmin.error.KratosFlowExpiredException if it has expired
	 * @see <a href=
	 * "https://www.ory.sh/docs/reference/api#tag/frontend/operation/getVerificationFlow">getSelfServiceVerificationFlow</a>,
	 * later called getVerificationFlow; Kratos 0.6 and later
	 */
	@GetMapping(path = "/self-service/verification/flows", produces = "application/json")
	VerificationFlow getSelfServiceVerificationFlow(@RequestParam("id") String id);

}
