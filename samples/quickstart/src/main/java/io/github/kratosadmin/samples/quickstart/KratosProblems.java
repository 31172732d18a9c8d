package io.github.kratosadmin.samples.quickstart;

import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.error.KratosRateLimitedException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Maps errors of Kratos to problem details. Errors of the caller and too many requests
 * keep their status. Other errors become 502, and 503 if there is no response.
 */
@RestControllerAdvice
class KratosProblems {

	private static final Log logger = LogFactory.getLog(KratosProblems.class);

	@ExceptionHandler
	ResponseEntity<ProblemDetail> problem(KratosException ex) {
		HttpStatus status = status(ex);
		if (status.is5xxServerError()) {
			logger.error("Kratos failed", ex);
		}
		ProblemDetail problem = ProblemDetail.forStatus(status);
		if (ex.getError().reason() != null && status.is4xxClientError()) {
			problem.setDetail(ex.getError().reason());
		}
		return ResponseEntity.status(status).headers((headers) -> addRetryAfter(headers, ex)).body(problem);
	}

	private static HttpStatus status(KratosException ex) {
		if (ex instanceof KratosNotFoundException && !ex.isFromKratos()) {
			// Sent by a gateway, so it does not mean that there is no such customer.
			return HttpStatus.BAD_GATEWAY;
		}
		return switch (ex.getStatus()) {
			case 400, 404, 409, 429 -> HttpStatus.valueOf(ex.getStatus());
			case 0 -> HttpStatus.SERVICE_UNAVAILABLE;
			default -> HttpStatus.BAD_GATEWAY;
		};
	}

	private static void addRetryAfter(HttpHeaders headers, KratosException ex) {
		if (ex instanceof KratosRateLimitedException limited && limited.getRetryAfter() != null) {
			headers.set(HttpHeaders.RETRY_AFTER, String.valueOf(limited.getRetryAfter().plusMillis(999).toSeconds()));
		}
	}

}
