package dev.cardea.jwt;

import java.security.PublicKey;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A public key, and the algorithms it may be used with: those of its type and curve, and only the one that the key set
 * names for it where it names one (RFC 8725 3.1).
 */
public final class VerificationKey {
    private final @Nullable String id;
    private final PublicKey publicKey;
    private final Set<String> algorithms;

    VerificationKey(@Nullable String id, PublicKey publicKey, Set<String> algorithms) {
        this.id = id;
        this.publicKey = publicKey;
        this.algorithms = Set.copyOf(algorithms);
    }

    @Nullable
    String id() {
        return id;
    }

    PublicKey publicKey() {
        return publicKey;
    }

    /** Whether a signature of {@code algorithm} may be verified with this key. */
    boolean isFor(String algorithm) {
        return algorithms.contains(algorithm);
    }

    Set<String> algorithms() {
        return algorithms;
    }

    /** Whether the issuer says the same of {@code other}: its id, its algorithms, its key. */
    boolean isSameAs(VerificationKey other) {
        return Objects.equals(id, other.id) && algorithms.equals(other.algorithms) && publicKey.equals(other.publicKey);
    }

    /** The type only. */
    @Override
    public String toString() {
        return publicKey.getAlgorithm() + " key";
    }
}
