package dev.cardea.request;

/**
 * How a host and its port are written (RFC 3986 3.2.2, 3.2.3): the one grammar for the {@code Host} field, for what proxies
 * forward of it, and for the URIs of clients. No user, no zone, no percent-encoded octets: they name no host that is in use.
 */
final class HostGrammar {
    /** No port, or an empty one, which is the same (RFC 3986 6.2.3). */
    static final int NO_PORT = -1;

    static final int MALFORMED = -2;

    /** What a name is made of beside letters and digits. */
    private static final String MARKS = "-._~!$&'()*+,;=";

    private static final int MAX_PORT_DIGITS = 5;
    private static final int MAX_PORT = 65_535;

    private HostGrammar() {}

    /** Where the host ends that begins at {@code from}, which is where it begins if it is empty; or {@link #MALFORMED}. */
    static int endOfHost(String text, int from, int to) {
        if (from < to && text.charAt(from) == '[') {
            return endOfLiteral(text, from, to);
        }
        int i = from;
        while (i < to && isOfName(text.charAt(i))) {
            i++;
        }
        return i;
    }

    /** The port that stands behind the host from {@code from} to {@code to}, or {@link #NO_PORT}, or {@link #MALFORMED}. */
    static int port(String text, int from, int to) {
        if (from == to || (to - from == 1 && text.charAt(from) == ':')) {
            return NO_PORT;
        }
        if (text.charAt(from) != ':' || to - from - 1 > MAX_PORT_DIGITS) {
            return MALFORMED;
        }
        int port = 0;
        for (int i = from + 1; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return MALFORMED;
            }
            port = port * 10 + digit;
        }
        return port == 0 || port > MAX_PORT ? MALFORMED : port;
    }

    /** An IPv6 address in brackets; IPvFuture is used by nobody. */
    private static int endOfLiteral(String text, int from, int to) {
        int end = text.indexOf(']', from);
        if (end < 0 || end >= to) {
            return MALFORMED;
        }
        String address = text.substring(from + 1, end);
        boolean sound = address.indexOf(':') >= 0 && address.indexOf('%') < 0 && IpAddress.parse(address) != null;
        return sound ? end + 1 : MALFORMED;
    }

    private static boolean isOfName(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || MARKS.indexOf(c) >= 0;
    }
}
