/**
 * A real authorization server for Cardea's demo and tests. An example to run, not one to copy into production: its secrets
 * are public, and anybody on this machine may rotate its keys.
 */
@NullMarked
package dev.cardea.examples.authorizationserver;

import org.jspecify.annotations.NullMarked;
