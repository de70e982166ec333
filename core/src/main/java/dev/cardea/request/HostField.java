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
        int end = field.length() > MAX_LENGTH ? HostGrammar.MALFORMED : HostGrammar.endOfHost(field, 0, field.length());
        return end >= 0 && HostGrammar.port(field, end, field.length()) != HostGrammar.MALFORMED;
    }
}
