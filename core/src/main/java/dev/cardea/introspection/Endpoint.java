package dev.cardea.introspection;

import dev.cardea.reject.UndeterminedException;
import java.net.URI;

/** Where the introspection endpoint is: configured, or discovered when it is first needed. Thread-safe. */
@FunctionalInterface
public interface Endpoint {
    /** @throws UndeterminedException if it could not be discovered */
    URI uri() throws UndeterminedException;
}
