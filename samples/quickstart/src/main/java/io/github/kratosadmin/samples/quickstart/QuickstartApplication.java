package io.github.kratosadmin.samples.quickstart;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The customer service.
 */
@SpringBootApplication
public class QuickstartApplication {

	/**
	 * Starts the customer service.
	 * @param args command-line arguments
	 */
	public static void main(String[] args) {
		SpringApplication.run(QuickstartApplication.class, args);
	}

}
