/**
 * A customer service whose customers are identities of Kratos.
 */
@NullMarked
package io.github.kratosadmin.samples.quickstart;

import org.jspecify.annotations.NullMarked;
