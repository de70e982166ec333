package dev.cardea.jwt;

/**
 * Finds out whether the first segment of a token that holds anything is meant as the header of a JWT, in whatever spelling: base64 of either
 * alphabet, padded or not, with foreign characters in between, of something that begins like a JSON object and has a
 * member {@code alg}.
 */
final class HeaderSniffer {
    private static final String[] LETTERS = {"a", "l", "g"};
    private static final String[] ESCAPED = {"\\u0061", "\\u006c", "\\u0067"};

    private HeaderSniffer() {}

    static boolean findsAlgorithm(String token) {
        int start = 0;
        while (start < token.length() && token.charAt(start) == '.') {
            start++;
        }
        int dot = token.indexOf('.', start);
        String object = decode(token, start, dot < 0 ? token.length() : dot);
        for (int quote = object.indexOf('"'); quote >= 0; quote = object.indexOf('"', quote + 1)) {
            if (isAlgorithmName(object, quote)) {
                return true;
            }
        }
        return false;
    }

    /**
     * From the first brace on, bytes as characters; empty if anything but white space or a byte order mark precedes it,
     * which for nearly every opaque token is seen at its first byte.
     */
    private static String decode(String token, int start, int end) {
        StringBuilder decoded = new StringBuilder();
        int bits = 0;
        int held = 0;
        for (int i = start; i < end; i++) {
            int value = value(token.charAt(i));
            if (value < 0) {
                continue;
            }
            bits = (bits << 6 | value) & 0xffff;
            held += 6;
            if (held < 8) {
                continue;
            }
            held -= 8;
            char c = (char) (bits >> held & 0xff);
            if (decoded.length() > 0 || c == '{') {
                decoded.append(c);
            } else if (" \t\r\n\u00ef\u00bb\u00bf".indexOf(c) < 0) {
                return "";
            }
        }
        return decoded.toString();
    }

    private static int value(char c) {
        if (c >= 'A' && c <= 'Z') {
            return c - 'A';
        }
        if (c >= 'a' && c <= 'z') {
            return c - 'a' + 26;
        }
        if (c >= '0' && c <= '9') {
            return c - '0' + 52;
        }
        return c == '-' || c == '+' ? 62 : c == '_' || c == '/' ? 63 : -1;
    }

    /** Whether a string {@code alg}, each letter plain or escaped, begins at {@code quote} and a colon follows it. */
    private static boolean isAlgorithmName(String object, int quote) {
        int position = quote + 1;
        for (int i = 0; i < LETTERS.length; i++) {
            if (object.startsWith(LETTERS[i], position)) {
                position++;
            } else if (object.regionMatches(true, position, ESCAPED[i], 0, ESCAPED[i].length())) {
                position += ESCAPED[i].length();
            } else {
                return false;
            }
        }
        if (!object.startsWith("\"", position)) {
            return false;
        }
        do {
            position++;
        } while (position < object.length() && " \t\r\n".indexOf(object.charAt(position)) >= 0);
        return object.startsWith(":", position);
    }
}
