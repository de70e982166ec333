package dev.cardea.jwe;

import dev.cardea.jose.JoseHeader;
import dev.cardea.jose.Segments;
import dev.cardea.reject.RejectedException;
import dev.cardea.request.PresentedToken;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An encrypted token in compact form (RFC 7516 3.1), taken apart: proven to be spelled in the only accepted way, and
 * nothing else. Immutable, provided that nobody writes into its arrays.
 *
 * @param header what its presenter wrote
 * @param authenticated the ASCII of the header segment, which the tag covers too
 * @param encryptedKey empty where the key is agreed upon directly
 */
record CompactJwe(
        JoseHeader header,
        byte[] authenticated,
        byte[] encryptedKey,
        byte[] initializationVector,
        byte[] ciphertext,
        byte[] tag) {
    private static final int DOTS = 4;

    /** Whether {@code token} has five segments (RFC 7516 9). Looks no further than the fifth dot, however many there are. */
    static boolean isOne(PresentedToken token) {
        int[] dot = dots(token.text());
        return dot[DOTS - 1] >= 0 && dot[DOTS] < 0;
    }

    /**
     * Takes a token of five segments apart.
     *
     * @throws RejectedException if one of them is not canonical base64url, or the header is none or asks for an extension
     */
    static CompactJwe parse(PresentedToken token) throws RejectedException {
        int[] dot = dots(token.text());
        byte[] ascii = token.text().getBytes(StandardCharsets.ISO_8859_1);
        byte[] tag = Segments.decode(ascii, dot[3] + 1, ascii.length, "authentication tag");
        byte[] vector = Segments.decode(ascii, dot[1] + 1, dot[2], "initialization vector");
        byte[] ciphertext = Segments.decode(ascii, dot[2] + 1, dot[3], "ciphertext");
        boolean noKey = dot[0] + 1 == dot[1];
        byte[] key = noKey ? new byte[0] : Segments.decode(ascii, dot[0] + 1, dot[1], "encrypted key");
        return new CompactJwe(
                JoseHeader.read(ascii, dot[0]), Arrays.copyOf(ascii, dot[0]), key, vector, ciphertext, tag);
    }

    /** Where the first five dots are; -1 for those that are not there. */
    private static int[] dots(String text) {
        int[] dots = new int[DOTS + 1];
        Arrays.fill(dots, -1);
        int dot = text.indexOf('.');
        for (int i = 0; i <= DOTS && dot >= 0; i++) {
            dots[i] = dot;
            dot = text.indexOf('.', dot + 1);
        }
        return dots;
    }
}
