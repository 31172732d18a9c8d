package io.github.kratosadmin.samples.readme;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The application of the README's examples.
 */
@SpringBootApplication
class ReadmeApplication {

}
