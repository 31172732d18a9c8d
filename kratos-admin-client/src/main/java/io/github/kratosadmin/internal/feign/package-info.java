/**
 * How does Feign execute the operations that the interfaces declare?
 */
@NullMarked
package io.github.kratosadmin.internal.feign;

import org.jspecify.annotations.NullMarked;
