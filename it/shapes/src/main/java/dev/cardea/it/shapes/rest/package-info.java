/** Ways of declaring what a JAX-RS resource requires, one resource each. All require {@code orders:read}. */
@NullMarked
package dev.cardea.it.shapes.rest;

import org.jspecify.annotations.NullMarked;
