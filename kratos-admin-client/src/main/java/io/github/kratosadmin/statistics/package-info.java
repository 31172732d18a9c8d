/**
 * What has a client counted?
 */
@NullMarked
package io.github.kratosadmin.statistics;

import org.jspecify.annotations.NullMarked;
