/**
 * The Jakarta CDI adapter: the caller of the current request or task as a bean, and checks at deployment. Works where JAX-RS is
 * absent: only {@link dev.cardea.cdi.SecurityContextBean} and what it makes know of it. And where Jakarta
 * Concurrency is absent, which only {@link dev.cardea.cdi.CallerThreadContext} knows of.
 */
@NullMarked
package dev.cardea.cdi;

import org.jspecify.annotations.NullMarked;
