package com.example.cloud;

import org.springframework.cloud.openfeign.FallbackFactory;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * A client of a service with several instances.
 */
@FeignClient(name = "billing", fallbackFactory = BillingClient.Fallback.class)
interface BillingClient {

	@GetMapping("/balances/{account}")
	String balance(@PathVariable("account") String account);

	@Component
	class Fallback implements FallbackFactory<BillingClient> {

		@Override
		public BillingClient create(Throwable cause) {
			return (account) -> "unknown: " + cause.getMessage();
		}

	}

}
