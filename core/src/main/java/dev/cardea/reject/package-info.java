/**
 * Why a request was not granted: reasons, the clauses behind them, and the two checked exceptions that carry them.
 *
 * <p>Bottom of core: nothing here depends on another package of Cardea.
 */
@NullMarked
package dev.cardea.reject;

import org.jspecify.annotations.NullMarked;
