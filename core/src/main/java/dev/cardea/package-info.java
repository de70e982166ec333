/**
 * The API that applications and extension writers may rely on.
 *
 * <p>Read {@link dev.cardea.ResourceServer} first: it is the whole flow of one request in one file.
 */
@NullMarked
package dev.cardea;

import org.jspecify.annotations.NullMarked;
