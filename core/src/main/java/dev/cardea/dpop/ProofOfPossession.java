package dev.cardea.dpop;

import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * That whoever made a request has the private half of a key, and made the proof just now, for this request and its token. Only
 * {@link ProofVerifier} makes one. That the proof was not used before is said by {@link ProofVerifier#mark} alone. Immutable.
 */
public final class ProofOfPossession {
    private final byte[] keyThumbprint;
    private final ReplayKey mark;
    private final long acceptedUntilMillis;
    private final boolean nonceVerified;
    private final @Nullable String nextNonce;

    ProofOfPossession(
            byte[] keyThumbprint,
            ReplayKey mark,
            long acceptedUntilMillis,
            boolean nonceVerified,
            @Nullable String nextNonce) {
        this.keyThumbprint = keyThumbprint;
        this.mark = mark;
        this.acceptedUntilMillis = acceptedUntilMillis;
        this.nonceVerified = nonceVerified;
        this.nextNonce = nextNonce;
    }

    /** Whether it is of the key that has this RFC 7638 thumbprint (D15). */
    public boolean isOf(byte[] thumbprint) {
        return MessageDigest.isEqual(keyThumbprint, thumbprint);
    }

    byte[] keyThumbprint() {
        return keyThumbprint;
    }

    ReplayKey mark() {
        return mark;
    }

    /** From when on the proof would not be accepted anyway. */
    long acceptedUntilMillis() {
        return acceptedUntilMillis;
    }

    /** Whether the proof has a nonce of ours. */
    public boolean hasNonce() {
        return nonceVerified;
    }

    /** A nonce for the client's next proof, where it used one that is not the newest; else null. */
    public @Nullable String nextNonce() {
        return nextNonce;
    }
}
