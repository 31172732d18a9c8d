package com.example.cloud;

class BillingException extends RuntimeException {

	BillingException(int status) {
		super("The billing service responded with " + status);
	}

}
