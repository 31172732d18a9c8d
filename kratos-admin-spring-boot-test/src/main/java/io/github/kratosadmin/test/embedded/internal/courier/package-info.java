/**
 * Which messages wait to be sent?
 */
@NullMarked
package io.github.kratosadmin.test.embedded.internal.courier;

import org.jspecify.annotations.NullMarked;
