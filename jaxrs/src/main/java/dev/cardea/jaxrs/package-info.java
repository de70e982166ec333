/**
 * Cardea in JAX-RS: {@link dev.cardea.jaxrs.CardeaFeature} registers the filters that know the resource method.
 */
@NullMarked
package dev.cardea.jaxrs;

import org.jspecify.annotations.NullMarked;
