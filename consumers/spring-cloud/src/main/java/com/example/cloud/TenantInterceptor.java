package com.example.cloud;

import feign.RequestInterceptor;
import feign.RequestTemplate;

import org.springframework.stereotype.Component;

/**
 * Adds a header to the requests of all Feign clients of this application.
 */
@Component
class TenantInterceptor implements RequestInterceptor {

	@Override
	public void apply(RequestTemplate request) {
		request.header("X-Tenant", "blue");
	}

}
