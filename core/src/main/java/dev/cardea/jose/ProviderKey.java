package dev.cardea.jose;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * One public key, as each provider likes it best: its own object. What a provider prepares for verifications (tables of
 * multiples of a point, a native copy) it keeps there; given somebody else's key, it prepares them anew each time.
 *
 * <p>Thread-safe; of two threads that translate at the same time, one does so in vain.
 */
final class ProviderKey {
    private final PublicKey original;
    private volatile @Nullable Translation last;

    private record Translation(Provider provider, PublicKey key) {}

    ProviderKey(PublicKey original) {
        this.original = original;
    }

    PublicKey original() {
        return original;
    }

    /**
     * The key as {@code provider} has it, or the original if it makes no keys of this type.
     *
     * @throws GeneralSecurityException if it does not take this key
     */
    @SuppressWarnings("ReferenceEquality") // providers compare their hundreds of properties
    PublicKey at(Provider provider) throws GeneralSecurityException {
        Translation known = last;
        if (known != null && known.provider() == provider) {
            return known.key();
        }
        PublicKey key = translated(provider);
        last = new Translation(provider, key);
        return key;
    }

    private PublicKey translated(Provider provider) throws GeneralSecurityException {
        String type = original.getAlgorithm();
        return provider.getService("KeyFactory", type) == null
                ? original
                : KeyFactory.getInstance(type, provider).generatePublic(new X509EncodedKeySpec(encoded()));
    }

    private byte[] encoded() {
        Curve curve = original instanceof ECPublicKey ec ? Curve.of(ec.getParams()) : null;
        return curve == null ? original.getEncoded() : curve.encoded(((ECPublicKey) original).getW());
    }
}
