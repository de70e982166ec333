/**
 * The Jakarta CDI adapter: the caller of the current request as a bean, and checks at deployment. Works where JAX-RS is
 * absent: only {@link dev.cardea.cdi.SecurityContextBean} and what it makes know of it.
 */
@NullMarked
package dev.cardea.cdi;

import org.jspecify.annotations.NullMarked;
