@NullMarked
package dev.cardea.cdi;

import org.jspecify.annotations.NullMarked;
