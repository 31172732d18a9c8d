/**
 * Moves a user base: from a file of people to identities of Kratos, and back.
 */
@NullMarked
package io.github.kratosadmin.samples.migration;

import org.jspecify.annotations.NullMarked;
