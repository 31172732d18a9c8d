/**
 * Reading and writing JSON of Kratos outside of calls.
 */
@NullMarked
package io.github.kratosadmin.json;

import org.jspecify.annotations.NullMarked;
