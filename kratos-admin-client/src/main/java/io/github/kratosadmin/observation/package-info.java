/**
 * What does an observation of a call show?
 */
@NullMarked
package io.github.kratosadmin.observation;

import org.jspecify.annotations.NullMarked;
