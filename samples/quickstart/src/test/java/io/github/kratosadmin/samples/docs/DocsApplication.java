package io.github.kratosadmin.samples.docs;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Application for the examples in the docs.
 */
@SpringBootApplication
class DocsApplication {

}
