package dev.cardea.jwt;

import dev.cardea.fuzz.Oracle;
import dev.cardea.jose.CryptoProvider;
import dev.cardea.jose.SignatureAlgorithm;
import dev.cardea.jose.UnusableJwkException;
import dev.cardea.jose.VerificationKey;
import java.security.GeneralSecurityException;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;

/**
 * Whatever an issuer publishes as its key set: it is refused as a whole, or each key that is read is one to verify with.
 * A fuzz target; {@code docs/how-to/fuzzing.md} says how it runs.
 */
public final class KeySetFuzz {
    private static final byte[] INPUT = {1};

    private KeySetFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        JwkSet set;
        try {
            set = JwkSet.read(input, CryptoProvider.ofPlatform());
        } catch (UnusableJwkException e) {
            Oracle.require(e.getMessage() != null && e.getMessage().length() < 1_000, "a short reason");
            return;
        }
        for (VerificationKey key : set.keys()) {
            requireUsable(key);
            for (String algorithm : key.algorithms()) {
                VerificationKey found = set.find(key.id(), algorithm);
                Oracle.require(found == null || found.isFor(algorithm), "a key for the algorithm that was asked for");
                Oracle.require(
                        found == null || found.publicKey().equals(key.publicKey()), "the only key of that id, or none");
            }
        }
        for (String complaint : set.complaints()) {
            Oracle.require(complaint.length() < 1_000, "a short complaint");
        }
        Oracle.require(set.find(null, "none") == null && set.find(null, "HS256") == null, "no key for no signature");
    }

    private static void requireUsable(VerificationKey key) {
        Oracle.require(!key.algorithms().isEmpty(), "a key is for something");
        if (key.publicKey() instanceof RSAPublicKey rsa) {
            int bits = rsa.getModulus().bitLength();
            Oracle.require(bits >= 2048 && bits <= 8192, "an RSA key of a proper size");
        }
        if (key.publicKey() instanceof ECPublicKey ec) {
            Oracle.require(
                    List.of(256, 384, 521).contains(ec.getParams().getOrder().bitLength()), "one of three curves");
        }
        for (String name : key.algorithms()) {
            SignatureAlgorithm algorithm = SignatureAlgorithm.named(name);
            Oracle.require(algorithm != null, "an algorithm that there is");
            try {
                Oracle.require(
                        !key.verifies(algorithm, algorithm.nonsense(key.publicKey()), INPUT),
                        "nonsense verifies nothing");
            } catch (GeneralSecurityException e) {
                throw new AssertionError("a key that cannot be used", e);
            }
        }
    }
}
