/** Beans that ask something of their callers, and what calls them. */
@NullMarked
package dev.cardea.it.app.beans;

import org.jspecify.annotations.NullMarked;
