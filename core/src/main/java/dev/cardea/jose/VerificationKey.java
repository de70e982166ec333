package dev.cardea.jose;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A public key, and the algorithms it may be used with: those of its type and curve, and only the one that the key set
 * names for it where it names one (RFC 8725 3.1). Immutable but for verifiers that are kept for the next signature;
 * thread-safe.
 */
public final class VerificationKey {
    private final @Nullable String id;
    private final PublicKey publicKey;
    private final Set<String> algorithms;
    private final IdleVerifiers idle = new IdleVerifiers();

    public VerificationKey(@Nullable String id, PublicKey publicKey, Set<String> algorithms) {
        this.id = id;
        this.publicKey = publicKey;
        this.algorithms = Set.copyOf(algorithms);
    }

    /** {@code kid}, or null. */
    public @Nullable String id() {
        return id;
    }

    public PublicKey publicKey() {
        return publicKey;
    }

    /** Whether a signature of {@code algorithm} may be verified with this key. */
    public boolean isFor(String algorithm) {
        return algorithms.contains(algorithm);
    }

    public Set<String> algorithms() {
        return algorithms;
    }

    /**
     * Whether {@code signature} over {@code input} was made with the private half of this key.
     *
     * @throws GeneralSecurityException if the platform cannot use this key with {@code algorithm}, whatever the signature
     */
    public boolean verifies(SignatureAlgorithm algorithm, byte[] signature, byte[] input)
            throws GeneralSecurityException {
        Signature verifier = idle.take(algorithm);
        if (verifier == null) {
            verifier = algorithm.verifier(publicKey);
        }
        try {
            boolean verified = SignatureAlgorithm.verifies(signature, publicKey, input, verifier);
            idle.giveBack(algorithm, verifier);
            return verified;
        } catch (SignatureException e) {
            return false; // The platform cannot read it. What state that leaves the verifier in is not said.
        }
    }

    /** What {@code jkt} names this key by: {@link JwkThumbprint}. Computed anew each time. */
    public byte[] thumbprint() {
        return JwkThumbprint.of(publicKey);
    }

    /** Whether the issuer says the same of {@code other}: its id, its algorithms, its key. */
    public boolean isSameAs(VerificationKey other) {
        return Objects.equals(id, other.id) && algorithms.equals(other.algorithms) && publicKey.equals(other.publicKey);
    }

    /** The type only. */
    @Override
    public String toString() {
        return publicKey.getAlgorithm() + " key";
    }
}
