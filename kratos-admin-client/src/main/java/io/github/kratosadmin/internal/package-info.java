/**
 * Not for applications: what the packages of the client share.
 */
@NullMarked
package io.github.kratosadmin.internal;

import org.jspecify.annotations.NullMarked;
