package dev.cardea.request;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A token as it was presented: proven to be a {@code token68} of acceptable length, and nothing else about it.
 *
 * <p>Its text leaves through {@link #text()} only, which is for parsing it and for the introspection call;
 * {@link #toString()} gives the fingerprint. Instances are made by {@link CredentialsExtractor} and are immutable.
 */
public final class PresentedToken {
    private final String text;
    private final byte[] digest;

    PresentedToken(String text) {
        this.text = text;
        this.digest = sha256(text);
    }

    /**
     * A token from elsewhere than a request, for tests and tools.
     *
     * @throws IllegalArgumentException if {@code text} is not a token68; the message does not contain it
     */
    public static PresentedToken of(String text) {
        if (Token68.end(text, 0) != text.length() || text.isEmpty()) {
            throw new IllegalArgumentException("not a token68");
        }
        return new PresentedToken(text);
    }

    /** The token itself. Never to be logged, put into an exception, or used as a key. */
    public String text() {
        return text;
    }

    /** Characters, which are bytes too, since a token68 is ASCII. */
    public int length() {
        return text.length();
    }

    /** SHA-256 of the complete token, 32 bytes, a fresh copy: what caches are keyed by. */
    public byte[] digest() {
        return digest.clone();
    }

    /** The {@code index}th eight bytes of {@link #digest()}, 0 to 3, for keys that want no copy. */
    public long digestWord(int index) {
        return ByteBuffer.wrap(digest).getLong(index * Long.BYTES);
    }

    /** The first 8 bytes of the digest in hexadecimal: names the token in logs without giving it away. */
    public String fingerprint() {
        return HexFormat.of().formatHex(digest, 0, 8);
    }

    @Override
    public String toString() {
        return "token " + fingerprint();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
