/** What is judged once, when an application is deployed. Above {@code dev.cardea}, and used by adapters only. */
@NullMarked
package dev.cardea.deployment;

import org.jspecify.annotations.NullMarked;
