/** Where the log lines of the relocated libraries go. */
@NullMarked
package dev.cardea.logging;

import org.jspecify.annotations.NullMarked;
