/** What the adapters of one application tell each other, since they never import each other. */
@NullMarked
package dev.cardea.handover;

import org.jspecify.annotations.NullMarked;
