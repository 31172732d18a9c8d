/**
 * Which sessions are there, and how are they listed, extended and disabled?
 */
@NullMarked
package io.github.kratosadmin.test.embedded.internal.session;

import org.jspecify.annotations.NullMarked;
