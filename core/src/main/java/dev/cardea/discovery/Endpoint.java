package dev.cardea.discovery;

import dev.cardea.reject.UndeterminedException;
import java.net.URI;

/** Where a call goes: a configured address, or one that discovery finds. Asked before each call. Thread-safe. */
public interface Endpoint {
    /** Of what is neither configured nor to be discovered, because nothing that is configured calls it. */
    Endpoint NOWHERE = () -> {
        throw new IllegalStateException("an address that no setting names, and no issuer that would");
    };

    /** The address now; cheap while what discovery found is fresh. */
    URI uri() throws UndeterminedException;

    /** An address that is configured and never changes. */
    static Endpoint at(URI uri) {
        return () -> uri;
    }
}
