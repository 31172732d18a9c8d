/**
 * What is an identity, and how is it created, changed, listed and deleted?
 */
@NullMarked
package io.github.kratosadmin.test.embedded.internal.identity;

import org.jspecify.annotations.NullMarked;
