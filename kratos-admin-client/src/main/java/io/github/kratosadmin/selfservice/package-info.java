/**
 * Self-service flows and the errors shown to users.
 */
@NullMarked
package io.github.kratosadmin.selfservice;

import org.jspecify.annotations.NullMarked;
