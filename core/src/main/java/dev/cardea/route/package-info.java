/**
 * Path rules ({@code cardea.routes.<name>.*}): which of them holds for a request, whichever way its path is read.
 */
@NullMarked
package dev.cardea.route;

import org.jspecify.annotations.NullMarked;
