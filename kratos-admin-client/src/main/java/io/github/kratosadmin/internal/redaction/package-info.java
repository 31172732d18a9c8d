/**
 * Not for applications: keeps what a call has sent out of what the client tells of it.
 */
@NullMarked
package io.github.kratosadmin.internal.redaction;

import org.jspecify.annotations.NullMarked;
