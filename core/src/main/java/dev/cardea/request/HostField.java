package dev.cardea.request;

import dev.cardea.reject.Reason;
import dev.cardea.reject.RejectedException;
import java.util.List;

/**
 * The {@code Host} field: one, and nothing but a host and a port (RFC 9112 3.2). Servers differ in what they let through, and
 * whoever builds an address from a field with a path or a user in it builds another one than was meant.
 *
 * <p>Proves nothing about which host it is. That there is none is not looked at: HTTP/2 does without.
 */
public final class HostField {
    /** RFC 3986 3.2.2: what a name is made of beside letters and digits; percent-encoded octets name no host that is in use. */
    private static final String MARKS = "-._~!$&'()*+,;=";

    private static final int MAX_PORT_DIGITS = 5;
    private static final int MAX_LENGTH = 512;

    private HostField() {}

    /**
     * Checks the field.
     *
     * @param fields every {@code Host} field of the request, as received
     * @throws RejectedException if there are several, or one that is no host with an optional port
     */
    public static void check(List<String> fields) throws RejectedException {
        if (fields.size() > 1) {
            throw new RejectedException(Reason.HOST_MALFORMED, fields.size() + " Host fields in one request");
        }
        if (!fields.isEmpty() && !isHostAndPort(fields.get(0))) {
            throw new RejectedException(Reason.HOST_MALFORMED, "the Host field is not a host with an optional port");
        }
    }

    private static boolean isHostAndPort(String field) {
        if (field.length() > MAX_LENGTH) {
            return false;
        }
        int end = field.startsWith("[") ? endOfLiteral(field) : endOfName(field);
        return end >= 0 && (end == field.length() || isPort(field, end));
    }

    /** Behind the bracket, or negative; the address inside is looked at by its characters only. */
    private static int endOfLiteral(String field) {
        int end = field.indexOf(']');
        for (int i = 1; i < end; i++) {
            char c = field.charAt(i);
            if ((c > 'f' || Character.digit(c, 16) < 0) && c != ':' && c != '.') {
                return -1;
            }
        }
        return end > 1 ? end + 1 : -1;
    }

    private static int endOfName(String field) {
        int i = 0;
        while (i < field.length() && isOfName(field.charAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean isOfName(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || MARKS.indexOf(c) >= 0;
    }

    private static boolean isPort(String field, int colon) {
        if (field.charAt(colon) != ':' || field.length() - colon - 1 > MAX_PORT_DIGITS) {
            return false;
        }
        for (int i = colon + 1; i < field.length(); i++) {
            if (field.charAt(i) < '0' || field.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
