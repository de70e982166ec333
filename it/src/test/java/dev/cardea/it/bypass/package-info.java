/** Requests that mean a protected resource and say it differently. */
@NullMarked
package dev.cardea.it.bypass;

import org.jspecify.annotations.NullMarked;
