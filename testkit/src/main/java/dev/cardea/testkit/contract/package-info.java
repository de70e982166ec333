/** What a protected application must answer over HTTP, as JUnit classes to be subclassed, and the raw client they use. */
@NullMarked
package dev.cardea.testkit.contract;

import org.jspecify.annotations.NullMarked;
