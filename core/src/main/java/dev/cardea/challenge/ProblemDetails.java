package dev.cardea.challenge;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Problem details (RFC 9457 3) of constants and a correlation id: nothing in them has to be escaped, and nothing says more
 * than the header fields, which stay authoritative.
 */
public final class ProblemDetails {
    private static final String INSTANCE = "tag:cardea.dev,2026:request:";

    private ProblemDetails() {}

    /**
     * The JSON document, in ASCII.
     *
     * @param correlationId letters, digits and {@code ._-} only
     */
    public static String json(ProblemKind kind, String correlationId) {
        return "{\"type\":\"" + kind.type() + "\",\"title\":\"" + kind.title() + "\",\"status\":" + kind.status()
                + ",\"detail\":\"" + kind.detail() + "\",\"instance\":\"" + INSTANCE + correlationId + "\"}";
    }

    /**
     * Whether a client takes problem details (RFC 9110 12.5.1). Who takes {@code application/json} is taken to take them
     * too. The most specific range decides; a malformed one is none.
     *
     * @param accept every {@code Accept} field of the request; none of them means that anything will do
     */
    public static boolean isAcceptable(List<String> accept) {
        if (accept.isEmpty()) {
            return true;
        }
        int specificity = 0;
        boolean acceptable = false;
        for (String field : accept) {
            for (String range : field.split(",", -1)) {
                int end = range.indexOf(';');
                int fits = specificity(end < 0 ? range : range.substring(0, end));
                if (fits > specificity) {
                    specificity = fits;
                    acceptable = end < 0 || !isRefused(range.substring(end + 1));
                }
            }
        }
        return acceptable;
    }

    private static int specificity(String range) {
        return switch (range.strip().toLowerCase(Locale.ROOT)) {
            case "application/problem+json" -> 4;
            case "application/json" -> 3;
            case "application/*" -> 2;
            case "*/*" -> 1;
            default -> 0;
        };
    }

    /** {@code q=0} means "not acceptable" (RFC 9110 12.4.2); so does a weight that is none. */
    private static boolean isRefused(String parameters) {
        for (String parameter : parameters.split(";", -1)) {
            String weight = weight(parameter.strip());
            if (weight != null) {
                return !weight.matches("1(\\.0{0,3})?|0\\.[0-9]{0,3}") || weight.matches("0\\.0*");
            }
        }
        return false;
    }

    private static @Nullable String weight(String parameter) {
        return parameter.regionMatches(true, 0, "q=", 0, 2) ? parameter.substring(2) : null;
    }
}
