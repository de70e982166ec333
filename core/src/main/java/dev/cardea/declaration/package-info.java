/** Where a class's and a method's annotations may stand: everything that they inherit, override and implement. */
@NullMarked
package dev.cardea.declaration;

import org.jspecify.annotations.NullMarked;
