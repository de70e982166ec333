package dev.cardea.jose;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HS256 (RFC 7518 3.2). */
final class HmacSigner implements SigningKey.Signer {
    static final int LEAST_BYTES = 32;

    private static final String NAME = "HmacSHA256";

    private final SecretKeySpec key;

    HmacSigner(byte[] secret) {
        this.key = new SecretKeySpec(secret, NAME);
    }

    @Override
    public byte[] sign(byte[] input) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(NAME);
        mac.init(key);
        return mac.doFinal(input);
    }
}
