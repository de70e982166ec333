/** What the tests' web applications consist of. Runs inside the servers, so it knows nothing of tests. */
@NullMarked
package dev.cardea.it.app;

import org.jspecify.annotations.NullMarked;
