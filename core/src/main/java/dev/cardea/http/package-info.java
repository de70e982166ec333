/** Outgoing calls, bounded in time and size. The only place that knows java.net.http. */
@NullMarked
package dev.cardea.http;

import org.jspecify.annotations.NullMarked;
