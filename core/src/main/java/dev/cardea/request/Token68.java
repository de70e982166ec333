package dev.cardea.request;

/** The {@code token68} and {@code token} grammars of RFC 9110 (11.2, 5.6.2), on ASCII and without allocation. */
final class Token68 {
    private static final String TCHAR_PUNCTUATION = "!#$%&'*+-.^_`|~";

    /** A table and bytes: of what a known token costs, asking this of each character was nearly as much as its digest. */
    private static final boolean[] TOKEN68 = token68();

    private Token68() {}

    /** The index after the longest token68 that starts at {@code start}; {@code start} itself if there is none. */
    static int end(byte[] ascii, int start) {
        int i = start;
        while (i < ascii.length && TOKEN68[ascii[i] & 0xff]) {
            i++;
        }
        if (i == start) {
            return start;
        }
        while (i < ascii.length && ascii[i] == '=') {
            i++;
        }
        return i;
    }

    /** Whether {@code c} may stand in an authentication scheme's name. */
    static boolean isTchar(char c) {
        return isAlphanumeric(c) || TCHAR_PUNCTUATION.indexOf(c) >= 0;
    }

    private static boolean[] token68() {
        boolean[] table = new boolean[0x100];
        for (char c = 0; c < 0x80; c++) {
            table[c] = isAlphanumeric(c) || "-._~+/".indexOf(c) >= 0;
        }
        return table;
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
