package dev.cardea.jose;

import java.security.Signature;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Verifiers of one key that nobody uses at this moment. Making one costs little with the JDK, most with Ed25519, but up to
 * ninety times an RSA verification with other providers.
 *
 * <p>They belong to the key and are forgotten with it. A {@code ThreadLocal} would outlive the application in the server's
 * threads, and serve nobody where each request has a thread of its own. Whoever takes one has it alone; where there is none
 * in his place, he makes one, and of two that come back to one place the earlier is dropped. Thread-safe.
 */
final class IdleVerifiers {
    private final AtomicReferenceArray<@Nullable Idle> places;

    private record Idle(SignatureAlgorithm algorithm, Signature verifier) {}

    /** @param places a power of two, about as many as verify at the same time */
    IdleVerifiers(int places) {
        this.places = new AtomicReferenceArray<>(places);
    }

    /** One for {@code algorithm}, now the caller's alone, or null. */
    @Nullable
    Signature take(SignatureAlgorithm algorithm) {
        Idle idle = places.getAndSet(place(), null);
        return idle == null || idle.algorithm() != algorithm ? null : idle.verifier();
    }

    /** @param verifier as it is after a verification */
    void giveBack(SignatureAlgorithm algorithm, Signature verifier) {
        places.set(place(), new Idle(algorithm, verifier));
    }

    private int place() {
        return (int) Thread.currentThread().getId() & places.length() - 1;
    }
}
