/** What the authorization server publishes about itself: found, fetched, kept and refreshed (RFC 8414). */
@NullMarked
package dev.cardea.discovery;

import org.jspecify.annotations.NullMarked;
