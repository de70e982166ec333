package dev.cardea;

import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The name of one request, the same in its answer ({@link #HEADER}), in its {@link DecisionEvent} and in the log: what a
 * client reports and an operator looks for.
 *
 * <p>Proves nothing about the client, who may choose it, and is not secret. Whatever it is taken from, it is 1 to 64
 * letters, digits and {@code ._-}, and so harmless in a log line, a header field and a URI.
 */
public final class CorrelationId {
    /** Header field in which it comes and goes. */
    public static final String HEADER = "X-Request-Id";

    /** Request attribute, and JAX-RS request property, under which adapters keep it. */
    public static final String ATTRIBUTE = "dev.cardea.correlation-id";

    private static final int MAX_LENGTH = 64;

    // Trace Context: version, trace id, parent id and flags, each in lower-case hexadecimal, and dashes between them.
    private static final int TRACE_ID_AT = 3;
    private static final int PARENT_ID_AT = 36;
    private static final int FLAGS_AT = 53;
    private static final int TRACEPARENT_LENGTH = 55;

    private CorrelationId() {}

    /**
     * The request's {@code X-Request-Id} where there is one and it is harmless; else the trace id of its
     * {@code traceparent} where that is valid (W3C Trace Context 3.2); else 16 random hexadecimal digits, which differ at
     * each call: an adapter asks once and keeps the answer.
     */
    public static String of(ProtectedRequest request) {
        List<String> named = request.headers(HEADER);
        if (named.size() == 1 && isHarmless(named.get(0))) {
            return named.get(0);
        }
        List<String> traced = request.headers("traceparent");
        String traceId = traced.size() == 1 ? traceId(traced.get(0)) : null;
        return traceId != null
                ? traceId
                : HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    private static boolean isHarmless(String id) {
        if (id.isEmpty() || id.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            if (!isHarmless(id.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHarmless(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '_'
                || c == '-';
    }

    /** Null if it is none. A later version may go on after a further dash. */
    private static @Nullable String traceId(String traceparent) {
        int length = traceparent.length();
        boolean shaped = length >= TRACEPARENT_LENGTH
                && isHex(traceparent, 0, TRACE_ID_AT - 1)
                && isId(traceparent, TRACE_ID_AT, PARENT_ID_AT - 1)
                && isId(traceparent, PARENT_ID_AT, FLAGS_AT - 1)
                && isHex(traceparent, FLAGS_AT, TRACEPARENT_LENGTH)
                && traceparent.charAt(TRACE_ID_AT - 1) == '-'
                && traceparent.charAt(PARENT_ID_AT - 1) == '-'
                && traceparent.charAt(FLAGS_AT - 1) == '-'
                && !traceparent.startsWith("ff");
        boolean ended = length == TRACEPARENT_LENGTH
                || (length > TRACEPARENT_LENGTH
                        && !traceparent.startsWith("00")
                        && traceparent.charAt(TRACEPARENT_LENGTH) == '-');
        return shaped && ended ? traceparent.substring(TRACE_ID_AT, PARENT_ID_AT - 1) : null;
    }

    /** Zeros only are no id. */
    private static boolean isId(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (text.charAt(i) != '0') {
                return isHex(text, start, end);
            }
        }
        return false;
    }

    private static boolean isHex(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
                return false;
            }
        }
        return true;
    }
}
