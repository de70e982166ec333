package dev.cardea.jose;

import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Base64url in its one canonical spelling (RFC 7515 2, RFC 4648 3.5): no padding, no other alphabet, no left-over bits.
 *
 * <p>Two spellings of one token would be two tokens for everything that is keyed by its text. The decoder of the JDK
 * accepts padding and ignores left-over bits.
 */
public final class CanonicalBase64Url {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private CanonicalBase64Url() {}

    /** What {@code ascii} from {@code start} to {@code end} spells; null if that is empty or not canonical. */
    public static byte @Nullable [] decode(byte[] ascii, int start, int end) {
        int length = end - start;
        if (length == 0 || length % 4 == 1 || leftOverBits(ascii[end - 1], length % 4) != 0) {
            return null;
        }
        try {
            return Base64.getUrlDecoder().decode(Arrays.copyOfRange(ascii, start, end));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The bits of the last character that belong to no byte; all of them if it is not in the alphabet. */
    private static int leftOverBits(byte last, int remainder) {
        int value = ALPHABET.indexOf(last);
        return switch (remainder) {
            case 2 -> value & 0b1111;
            case 3 -> value & 0b11;
            default -> value & (value < 0 ? -1 : 0);
        };
    }
}
