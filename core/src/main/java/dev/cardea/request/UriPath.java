package dev.cardea.request;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The path of a URI (RFC 3986 3.3) and its normal form: escapes in upper case, none for what needs none (6.2.2.1, 6.2.2.2), no
 * dot segments (6.2.2.3), {@code /} for none at all (6.2.3). Two paths with one normal form name the same; {@code /a},
 * {@code /A}, {@code //a}, {@code /a/} and {@code %2Fa} have five.
 *
 * <p>Escapes are decoded once: {@code %252e} is not a dot. Dot segments are looked for behind that, so that none is left.
 */
final class UriPath {
    static final int MALFORMED = -1;

    /** Behind the last character that a path can have. */
    private static final int LIMIT = 0x7f;

    private static final boolean[] ALLOWED = new boolean[LIMIT];
    private static final boolean[] UNRESERVED = new boolean[LIMIT];

    static {
        for (char c = 0; c < LIMIT; c++) {
            UNRESERVED[c] = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "-._~".indexOf(c) >= 0;
            // The last four are in no URI, but clients leave them as they are (WHATWG URL, path percent-encode set);
            // they
            // stand for themselves.
            ALLOWED[c] = UNRESERVED[c] || "/!$&'()*+,;=:@[]^|".indexOf(c) >= 0;
        }
    }

    private UriPath() {}

    /** Where the path ends that begins at {@code from}: at a query, a fragment or the end; or {@link #MALFORMED}. */
    static int end(String text, int from) {
        int i = from;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c < LIMIT && ALLOWED[c]) {
                i++;
            } else if (c == '%' && octet(text, i) >= 0) {
                i += 3;
            } else {
                return c == '?' || c == '#' ? i : MALFORMED;
            }
        }
        return i;
    }

    /** Whether a well-formed path is its own normal form; false if that takes a closer look. */
    static boolean isNormal(String text, int from, int end) {
        return from < end && !isWithin(text.indexOf('%', from), end) && !isWithin(text.indexOf("/.", from), end);
    }

    private static boolean isWithin(int found, int end) {
        return found >= 0 && found < end;
    }

    /** The normal form of a path, or null if it is malformed or no path alone. */
    static @Nullable String normalised(String path) {
        boolean rooted = path.isEmpty() || path.charAt(0) == '/';
        if (!rooted || end(path, 0) != path.length()) {
            return null;
        }
        if (isNormal(path, 0, path.length())) {
            return path;
        }
        StringBuilder normal = new StringBuilder(path.length() + 1);
        append(normal, path, 0, path.length());
        return normal.toString();
    }

    /** Writes the normal form of a well-formed path that is empty or begins with a slash. */
    static void append(StringBuilder uri, String text, int from, int end) {
        int root = uri.length();
        int i = from;
        while (i < end) {
            int slash = uri.length();
            uri.append('/');
            i = appendSegment(uri, text, i + 1, end);
            // RFC 3986 5.2.4: a dot segment vanishes with the slash before it, but where it is the last its slash
            // remains.
            int length = uri.length() - slash - 1;
            boolean dots = length > 0 && length <= 2 && isDots(uri, slash + 1);
            if (dots) {
                uri.setLength(length == 1 || slash == root ? slash : uri.lastIndexOf("/", slash - 1));
            }
            if (dots && i == end) {
                uri.append('/');
            }
        }
        if (uri.length() == root) {
            uri.append('/');
        }
    }

    private static int appendSegment(StringBuilder uri, String text, int from, int end) {
        int i = from;
        while (i < end && text.charAt(i) != '/') {
            char c = text.charAt(i);
            if (c != '%') {
                uri.append(c);
                i++;
                continue;
            }
            int octet = octet(text, i);
            if (octet < LIMIT && UNRESERVED[octet]) {
                uri.append((char) octet);
            } else {
                uri.append('%').append(upper(text.charAt(i + 1))).append(upper(text.charAt(i + 2)));
            }
            i += 3;
        }
        return i;
    }

    private static boolean isDots(StringBuilder uri, int from) {
        for (int i = from; i < uri.length(); i++) {
            if (uri.charAt(i) != '.') {
                return false;
            }
        }
        return true;
    }

    private static char upper(char hex) {
        return hex >= 'a' ? (char) (hex - ('a' - 'A')) : hex;
    }

    /**
     * Where the rest begins of a normalised path that begins with the context path: at a slash, or its end; or
     * {@link #MALFORMED} if it begins in another way.
     *
     * @param context as the container says it: empty, or escaped in whatever way, or not escaped at all
     */
    static int behind(String context, String path) {
        String start = context.endsWith("/") ? context.substring(0, context.length() - 1) : context;
        if (path.startsWith(start) && endsSegment(path, start.length())) {
            return start.length();
        }
        int rest = behindOtherSpelling(escaped(start), path);
        return rest >= 0 && endsSegment(path, rest) ? rest : MALFORMED;
    }

    private static boolean endsSegment(String path, int at) {
        return at == path.length() || path.charAt(at) == '/';
    }

    private static int behindOtherSpelling(String context, String path) {
        int i = 0;
        int j = 0;
        while (j < context.length()) {
            boolean same = i < path.length()
                    && octetOrCharacter(path, i) == octetOrCharacter(context, j)
                    && (path.charAt(i) == '/') == (context.charAt(j) == '/');
            if (!same) {
                return MALFORMED;
            }
            i += path.charAt(i) == '%' ? 3 : 1;
            j += context.charAt(j) == '%' ? 3 : 1;
        }
        return i;
    }

    /** What no path can have is escaped; escapes remain. */
    private static String escaped(String context) {
        if (end(context, 0) == context.length()) {
            return context;
        }
        // An octet of UTF-8 for each character.
        String octets = new String(context.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < octets.length(); i++) {
            char octet = octets.charAt(i);
            if (octet < LIMIT && (ALLOWED[octet] || (octet == '%' && octet(octets, i) >= 0))) {
                escaped.append(octet);
            } else {
                escaped.append('%')
                        .append(Character.forDigit(octet >> 4, 16))
                        .append(Character.forDigit(octet & 0xf, 16));
            }
        }
        return escaped.toString();
    }

    private static int octetOrCharacter(String text, int at) {
        return text.charAt(at) == '%' ? octet(text, at) : text.charAt(at);
    }

    /** The octet of the escape at the percent sign, or negative if it is none. */
    private static int octet(String text, int percent) {
        if (percent + 2 >= text.length()) {
            return -1;
        }
        int high = hex(text.charAt(percent + 1));
        int low = hex(text.charAt(percent + 2));
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private static int hex(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int letter = c | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }
}
