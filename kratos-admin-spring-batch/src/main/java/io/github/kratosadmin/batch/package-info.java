/**
 * Spring Batch readers, writers and a partitioner for Ory Kratos.
 */
@NullMarked
package io.github.kratosadmin.batch;

import org.jspecify.annotations.NullMarked;
