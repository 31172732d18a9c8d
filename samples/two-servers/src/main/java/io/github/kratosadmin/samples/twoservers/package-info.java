/**
 * A service whose customers and staff are identities of two Kratos servers.
 */
@NullMarked
package io.github.kratosadmin.samples.twoservers;

import org.jspecify.annotations.NullMarked;
