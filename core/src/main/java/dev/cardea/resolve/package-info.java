/**
 * From a presented token to a verified one: which way it is validated (RFC 9068 4 or RFC 7662 2.2).
 */
@NullMarked
package dev.cardea.resolve;

import org.jspecify.annotations.NullMarked;
