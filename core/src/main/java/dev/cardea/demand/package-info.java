/** What a path asks of the way in which a token is validated: how, how freshly, and what if it cannot be. */
@NullMarked
package dev.cardea.demand;

import org.jspecify.annotations.NullMarked;
