package dev.cardea.dpop;

import dev.cardea.jose.SignatureAlgorithm;
import dev.cardea.jose.VerificationKey;

/**
 * What the header of a proof says once it is found good: an accepted algorithm, and a public key that fits it. A client's proofs all have
 * the same header. Immutable.
 */
final class ProofHeader {
    private final SignatureAlgorithm algorithm;
    private final VerificationKey key;
    private final byte[] thumbprint;

    /** @param thumbprint RFC 7638, SHA-256 */
    ProofHeader(SignatureAlgorithm algorithm, VerificationKey key, byte[] thumbprint) {
        this.algorithm = algorithm;
        this.key = key;
        this.thumbprint = thumbprint;
    }

    SignatureAlgorithm algorithm() {
        return algorithm;
    }

    VerificationKey key() {
        return key;
    }

    /** 32 bytes, not to be written to. */
    byte[] thumbprint() {
        return thumbprint;
    }
}
