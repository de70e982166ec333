/**
 * What a token says and what may be relied upon: claims, their acceptance, and the evidence types that follow from it.
 */
@NullMarked
package dev.cardea.token;

import org.jspecify.annotations.NullMarked;
