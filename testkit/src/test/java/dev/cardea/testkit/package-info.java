/** The testkit judged: valid is valid, a fault is one fault, and the contract fails where it should. */
@NullMarked
package dev.cardea.testkit;

import org.jspecify.annotations.NullMarked;
