/** The one jar inside WARs on real servers. Each class runs on WildFly and on Open Liberty; {@link dev.cardea.it.LogsIT} comes last. */
@NullMarked
package dev.cardea.it;

import org.jspecify.annotations.NullMarked;
