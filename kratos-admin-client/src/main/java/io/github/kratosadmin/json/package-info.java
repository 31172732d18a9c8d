/**
 * Not for applications: how JSON is read and written, with one mapper for the wire, apart
 * from the application's.
 */
@NullMarked
package io.github.kratosadmin.json;

import org.jspecify.annotations.NullMarked;
