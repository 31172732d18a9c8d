package io.github.kratosadmin.samples.twoservers;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The service for customers and staff.
 */
@SpringBootApplication
public class TwoServersApplication {

	/**
	 * Starts the service.
	 * @param args command-line arguments
	 */
	public static void main(String[] args) {
		SpringApplication.run(TwoServersApplication.class, args);
	}

}
