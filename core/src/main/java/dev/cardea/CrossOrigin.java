package dev.cardea;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Cross-origin requests of browsers (Fetch, 3.2), for the origins of {@code cardea.cors.allowed-origins}; without that
 * setting, there are none.
 *
 * <p>Protects nobody and authorizes nothing: it tells browsers which pages may send requests with tokens and read what comes
 * back. What the application's own CORS code has said stays, and is said once. {@code Access-Control-Allow-Credentials} is
 * the application's business: a token in a header needs none.
 *
 * <p>Immutable and thread-safe.
 */
public final class CrossOrigin {
    private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";
    private static final String REQUEST_METHOD = "Access-Control-Request-Method";
    private static final String REQUEST_HEADERS = "Access-Control-Request-Headers";

    private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
    private static final List<String> HEADERS = List.of("Authorization", "Content-Type", "DPoP");
    private static final List<String> EXPOSED =
            List.of("WWW-Authenticate", "DPoP-Nonce", CorrelationId.HEADER, "Retry-After");

    private static final Pattern FIELD_NAME = Pattern.compile("[A-Za-z0-9!#$%&'+.^_`|~-]{1,64}");
    private static final int MAX_ASKED = 32;

    private final Set<String> allowedOrigins;

    CrossOrigin(Set<String> allowedOrigins) {
        this.allowedOrigins = Set.copyOf(allowedOrigins);
    }

    /**
     * Whether a request is a browser's question in advance, and nothing else: {@code OPTIONS}, one {@code Origin} that is
     * allowed, one {@code Access-Control-Request-Method}, no credentials. Such a request is not challenged, and must reach no
     * endpoint.
     */
    public boolean isPreflight(ProtectedRequest request) {
        return !isOff()
                && request.method().equals("OPTIONS")
                && allowedOrigin(request) != null
                && isOneWord(request.headers(REQUEST_METHOD))
                && request.headers("Authorization").isEmpty();
    }

    /** Whether no origin is allowed, so that there is nothing to do. */
    public boolean isOff() {
        return allowedOrigins.isEmpty();
    }

    /** Whether somebody has said already which origin may read the answer. */
    public boolean isDecided(AnswerFields fields) {
        return !fields.all(ALLOW_ORIGIN).isEmpty();
    }

    /** Answers a {@linkplain #isPreflight preflight}, unless the application has: then it only says what that depends on. */
    public void answerPreflight(ProtectedRequest request, AnswerFields fields) {
        String origin = allowedOrigin(request);
        addNames(fields, "Vary", List.of("Origin", REQUEST_METHOD, REQUEST_HEADERS));
        if (origin != null && !isDecided(fields)) {
            fields.set(ALLOW_ORIGIN, origin);
            fields.set("Access-Control-Allow-Methods", METHODS);
            fields.set("Access-Control-Allow-Headers", allowedHeaders(request));
        }
    }

    /**
     * Lets pages of an allowed origin read the answer to any other request, and of its fields those that a client needs for
     * its next one. Every answer says that it depends on the origin, or a cache would hand one origin's to another.
     */
    public void expose(ProtectedRequest request, AnswerFields fields) {
        if (isOff()) {
            return;
        }
        addNames(fields, "Vary", List.of("Origin"));
        String origin = allowedOrigin(request);
        if (origin != null) {
            if (!isDecided(fields)) {
                fields.set(ALLOW_ORIGIN, origin);
            }
            addNames(fields, "Access-Control-Expose-Headers", EXPOSED);
        }
    }

    private @Nullable String allowedOrigin(ProtectedRequest request) {
        List<String> origins = request.headers("Origin");
        return origins.size() == 1 && allowedOrigins.contains(origins.get(0)) ? origins.get(0) : null;
    }

    private static boolean isOneWord(List<String> fields) {
        return fields.size() == 1 && FIELD_NAME.matcher(fields.get(0)).matches();
    }

    /** Ours, and what was asked for as far as it is a field name: which fields may be sent across origins is no secret. */
    private static String allowedHeaders(ProtectedRequest request) {
        Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        known.addAll(HEADERS);
        LinkedHashSet<String> headers = new LinkedHashSet<>(HEADERS);
        request.headers(REQUEST_HEADERS).stream()
                .flatMap(CrossOrigin::elements)
                .filter(name -> FIELD_NAME.matcher(name).matches())
                .limit(MAX_ASKED)
                .filter(known::add)
                .forEach(headers::add);
        return String.join(", ", headers);
    }

    /** Adds to a field that is a list of names what it lacks, and leaves one alone that says {@code *}. */
    private static void addNames(AnswerFields fields, String field, List<String> names) {
        List<String> present =
                fields.all(field).stream().flatMap(CrossOrigin::elements).toList();
        Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        known.addAll(present);
        if (known.contains("*") || known.containsAll(names)) {
            return;
        }
        LinkedHashSet<String> all = new LinkedHashSet<>(present);
        names.stream().filter(known::add).forEach(all::add);
        fields.set(field, String.join(", ", all));
    }

    private static Stream<String> elements(String field) {
        return Arrays.stream(field.split(",", -1)).map(String::strip).filter(element -> !element.isEmpty());
    }
}
