/**
 * What an endpoint asks of a caller, and the comparison of the two.
 */
@NullMarked
package dev.cardea.authz;

import org.jspecify.annotations.NullMarked;
