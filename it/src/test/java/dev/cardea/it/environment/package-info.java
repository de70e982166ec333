/** What a run needs around the tests: a server's own files, free ports, an authorization server, a record of what was sent. */
@NullMarked
package dev.cardea.it.environment;

import org.jspecify.annotations.NullMarked;
