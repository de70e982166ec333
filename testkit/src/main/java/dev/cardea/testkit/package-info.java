/** Tokens, an authorization server in the JVM and contract suites that judge a resource server from outside. */
@NullMarked
package dev.cardea.testkit;

import org.jspecify.annotations.NullMarked;
