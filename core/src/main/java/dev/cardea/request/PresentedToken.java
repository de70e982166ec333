package dev.cardea.request;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A token as it was presented: proven to be a {@code token68} of acceptable length, and nothing else about it.
 *
 * <p>Its text leaves through {@link #text()} only, which is for parsing it and for the introspection call;
 * {@link #toString()} gives the fingerprint. Instances are made by {@link CredentialsExtractor}; none ever changes
 * what it tells, so threads may share it.
 */
public final class PresentedToken {
    private final String field;
    private final int start;
    private final TokenHasher hasher;
    private byte @Nullable [] ascii;

    /** Made when first asked for: most of what strangers invent is refused without one. */
    private @Nullable TokenDigest digest;

    /**
     * The end of {@code field}, from {@code start} on; a token that is known already is never copied out of it.
     *
     * @param ascii the whole field as bytes, not to be written to
     */
    PresentedToken(String field, byte[] ascii, int start, TokenHasher hasher) {
        this.field = field;
        this.ascii = ascii;
        this.start = start;
        this.hasher = hasher;
    }

    /**
     * A token from elsewhere than a request, for tests and tools.
     *
     * @throws IllegalArgumentException if {@code text} is not a token68; the message does not contain it
     */
    public static PresentedToken of(String text) {
        byte[] ascii = text.getBytes(StandardCharsets.ISO_8859_1);
        if (Token68.end(ascii, 0) != ascii.length || text.isEmpty()) {
            throw new IllegalArgumentException("not a token68");
        }
        return new PresentedToken(text, ascii, 0, new TokenHasher());
    }

    /** The token itself. Never to be logged, put into an exception, or used as a key. */
    public String text() {
        return field.substring(start);
    }

    /** Characters, which are bytes too, since a token68 is ASCII. */
    public int length() {
        return field.length() - start;
    }

    /** Whether the token begins with {@code prefix}. */
    public boolean startsWith(String prefix) {
        return field.startsWith(prefix, start);
    }

    /** SHA-256 of the complete token: what caches are keyed by. Two threads that ask at once make the same one twice. */
    public TokenDigest digest() {
        TokenDigest known = digest;
        if (known != null) {
            return known;
        }
        byte[] bytes = ascii;
        TokenDigest made = hasher.digest(bytes == null ? field.getBytes(StandardCharsets.ISO_8859_1) : bytes, start);
        digest = made;
        ascii = null;
        return made;
    }

    /** The first 8 bytes of the digest in hexadecimal: names the token in logs without giving it away. */
    public String fingerprint() {
        return digest().fingerprint();
    }

    @Override
    public String toString() {
        return "token " + fingerprint();
    }
}
