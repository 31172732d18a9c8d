/**
 * How are secrets and personal values kept out of messages?
 */
@NullMarked
package io.github.kratosadmin.internal.redaction;

import org.jspecify.annotations.NullMarked;
