/**
 * What is a call: its operation, arguments, deadline, retries and required version?
 */
@NullMarked
package io.github.kratosadmin.internal.operation;

import org.jspecify.annotations.NullMarked;
