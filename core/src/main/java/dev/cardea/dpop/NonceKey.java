package dev.cardea.dpop;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** One secret, and the nonces that are made with it. Immutable. */
final class NonceKey {
    static final int ID_BYTES = 4;

    /** Id, time in milliseconds since 1970, code. */
    static final int BYTES = ID_BYTES + 7 + 16;

    private static final int THUMBPRINT_BYTES = 32;
    private static final String HMAC = "HmacSHA256";

    /** Of what it is for, so that the same secret elsewhere makes other codes. */
    private static final byte[] LABEL =
            "Cardea, nonce of a resource server (RFC 9449 9)".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] ID_LABEL = "Cardea, id of a secret for nonces".getBytes(StandardCharsets.US_ASCII);

    /** Says nothing about the secret, but which of several it is. */
    final int id;

    private final SecretKeySpec secret;

    NonceKey(byte[] secret) {
        this.secret = new SecretKeySpec(secret, HMAC);
        this.id = ByteBuffer.wrap(code(ID_LABEL)).getInt();
    }

    /** The nonce of {@code time} for the key of {@code jkt}. */
    String nonce(long time, byte[] jkt) {
        if (jkt.length != THUMBPRINT_BYTES) {
            throw new IllegalArgumentException("a thumbprint has 32 bytes");
        }
        ByteBuffer said = ByteBuffer.allocate(LABEL.length + Long.BYTES + THUMBPRINT_BYTES);
        byte[] code = code(said.put(LABEL).putLong(time).put(jkt).array());
        ByteBuffer nonce = ByteBuffer.allocate(ID_BYTES + Long.BYTES + code.length);
        // The time moved up by a byte: the code begins where its last, empty byte would be.
        nonce.putInt(id).putLong(time << Byte.SIZE).put(BYTES - 16, code);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(nonce.array(), BYTES));
    }

    /** Whether {@code nonce} is the one of {@code time}; that takes as long whatever differs. */
    boolean made(String nonce, long time, byte[] jkt) {
        return MessageDigest.isEqual(
                nonce(time, jkt).getBytes(StandardCharsets.US_ASCII), nonce.getBytes(StandardCharsets.US_ASCII));
    }

    private byte[] code(byte[] input) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(secret);
            return mac.doFinal(input);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + HMAC, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key of bytes is good for " + HMAC, e);
        }
    }
}
