/** Cardea beside its peers and beside the raw limits, on the same tokens. Figures and commands: docs/performance.md. */
@NullMarked
package dev.cardea.benchmarks;

import org.jspecify.annotations.NullMarked;
