package dev.cardea.request;

/** The {@code token68} and {@code token} grammars of RFC 9110 (11.2, 5.6.2), on ASCII and without allocation. */
final class Token68 {
    private static final String TCHAR_PUNCTUATION = "!#$%&'*+-.^_`|~";

    private Token68() {}

    /** The index after the longest token68 that starts at {@code start}; {@code start} itself if there is none. */
    static int end(String text, int start) {
        int i = start;
        while (i < text.length() && isToken68(text.charAt(i))) {
            i++;
        }
        if (i == start) {
            return start;
        }
        while (i < text.length() && text.charAt(i) == '=') {
            i++;
        }
        return i;
    }

    /** Whether {@code c} may stand in an authentication scheme's name. */
    static boolean isTchar(char c) {
        return isAlphanumeric(c) || TCHAR_PUNCTUATION.indexOf(c) >= 0;
    }

    private static boolean isToken68(char c) {
        return isAlphanumeric(c) || c == '-' || c == '.' || c == '_' || c == '~' || c == '+' || c == '/';
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
