package io.github.kratosadmin.samples.docs;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The application of the examples in the docs.
 */
@SpringBootApplication
class DocsApplication {

}
