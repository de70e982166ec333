/** The contract's own instruments, judged. */
@NullMarked
package dev.cardea.testkit.contract;

import org.jspecify.annotations.NullMarked;
