/** What the shapes share: a text that only a resource says which was reached. */
@NullMarked
package dev.cardea.it.shapes;

import org.jspecify.annotations.NullMarked;
