/**
 * Whether an endpoint of others may be called now: state machines without threads, queues or clocks of their own.
 * {@link dev.cardea.resilience.Gate} puts them in order.
 *
 * <p>Time is a parameter: nanoseconds of {@link System#nanoTime} or of a test, never of a wall clock (N25). A caller that
 * read it a little before another one does no harm.
 */
@NullMarked
package dev.cardea.resilience;

import org.jspecify.annotations.NullMarked;
