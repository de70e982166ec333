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
    /** As many as may verify with the key of an issuer at the same time. */
    private static final int OF_MANY = 16;
    /** Where nobody waits long for one, and there are many keys. */
    private static final int OF_ONE_CLIENT = 1;

    private final @Nullable String id;
    private final ProviderKey key;
    private final Set<String> algorithms;
    private final CryptoProvider crypto;
    private final IdleVerifiers idle;

    /** A key that many signatures are verified with. */
    public VerificationKey(@Nullable String id, PublicKey publicKey, Set<String> algorithms, CryptoProvider crypto) {
        this(id, publicKey, algorithms, crypto, OF_MANY);
    }

    private VerificationKey(
            @Nullable String id, PublicKey publicKey, Set<String> algorithms, CryptoProvider crypto, int idle) {
        this.id = id;
        this.key = new ProviderKey(publicKey);
        this.algorithms = Set.copyOf(algorithms);
        this.crypto = crypto;
        this.idle = new IdleVerifiers(idle);
    }

    /** The key of one client. */
    static VerificationKey ofClient(PublicKey publicKey, Set<String> algorithms, CryptoProvider crypto) {
        return new VerificationKey(null, publicKey, algorithms, crypto, OF_ONE_CLIENT);
    }

    /** {@code kid}, or null. */
    public @Nullable String id() {
        return id;
    }

    public PublicKey publicKey() {
        return key.original();
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
     * @throws GeneralSecurityException if nobody who may verify can use this key with {@code algorithm}, whatever the
     *     signature. Of a key that somebody sent it says that the key is none: its algorithm was tried at start
     */
    public boolean verifies(SignatureAlgorithm algorithm, byte[] signature, byte[] input)
            throws GeneralSecurityException {
        Signature verifier = idle.take(algorithm);
        if (verifier == null) {
            verifier = crypto.verifier(algorithm, key);
        }
        try {
            boolean verified = SignatureAlgorithm.verifies(signature, publicKey(), input, verifier);
            idle.giveBack(algorithm, verifier);
            return verified;
        } catch (SignatureException e) {
            return false; // The provider cannot read it. What state that leaves the verifier in is not said.
        }
    }

    /** What {@code jkt} names this key by: {@link JwkThumbprint}. Computed anew each time. */
    public byte[] thumbprint() {
        return JwkThumbprint.of(publicKey());
    }

    /** Whether the issuer says the same of {@code other}: its id, its algorithms, its key. */
    public boolean isSameAs(VerificationKey other) {
        return Objects.equals(id, other.id)
                && algorithms.equals(other.algorithms)
                && publicKey().equals(other.publicKey());
    }

    /** The type only. */
    @Override
    public String toString() {
        return publicKey().getAlgorithm() + " key";
    }
}
