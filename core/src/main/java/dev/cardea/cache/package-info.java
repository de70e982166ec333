/** What is remembered about tokens, bounded in number. The only place that knows Ehcache. */
@NullMarked
package dev.cardea.cache;

import org.jspecify.annotations.NullMarked;
