package dev.cardea.introspection;

import dev.cardea.http.HttpAnswer;
import dev.cardea.introspection.Trouble.Cause;
import dev.cardea.json.BoundedJson;
import dev.cardea.json.JsonLimits;
import dev.cardea.json.MalformedJsonException;
import dev.cardea.token.Claims;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells yes, no and everything else apart (RFC 7662 2.2 and 2.3). Yes is a 200 with a JSON object whose {@code active}
 * is {@code true}, no the same with {@code false}; nothing else says anything about a token.
 */
final class AnswerReader {
    private final JsonLimits limits;
    private final Clock clock;

    AnswerReader(int maxBytes, Clock clock) {
        this.limits = JsonLimits.ofBytes(maxBytes);
        this.clock = clock;
    }

    /** The members of an active answer, or null for an inactive one. */
    @Nullable
    Claims read(HttpAnswer answer) throws Trouble {
        requireOk(answer);
        requireJson(answer);
        Map<String, Object> members = parse(answer);
        if (!(members.get("active") instanceof Boolean active)) {
            throw new Trouble(Cause.UNREADABLE, "an answer whose 'active' is not a JSON boolean");
        }
        return active ? Claims.of(members) : null;
    }

    private void requireOk(HttpAnswer answer) throws Trouble {
        int status = answer.status();
        if (status == 429) {
            throw new Trouble(
                    Cause.OVERLOADED, "answered 429: it is asked too often", RetryAfter.of(answer, clock.instant()));
        }
        if (status >= 500) {
            throw new Trouble(Cause.FAILING, "answered " + status, RetryAfter.of(answer, clock.instant()));
        }
        if (status >= 400) {
            throw refused(status);
        }
        if (status >= 300) {
            throw new Trouble(
                    Cause.REDIRECTED,
                    "answered " + status + ": a redirect is never followed, it would take the client secret and the"
                            + " token along; set cardea.introspection.url to the endpoint's own address");
        }
        if (status != 200) {
            throw new Trouble(Cause.UNREADABLE, "answered " + status + " where RFC 7662 asks for 200");
        }
    }

    private static Trouble refused(int status) {
        return switch (status) {
            case 401, 403 ->
                new Trouble(
                        Cause.CREDENTIALS_REFUSED,
                        "answered " + status + ": it refuses our credentials; check cardea.introspection.client-id and"
                                + " cardea.introspection.client-secret, and that this client may introspect");
            case 404, 405 ->
                new Trouble(
                        Cause.ADDRESS_WRONG,
                        "answered " + status + ": this is no introspection endpoint; check cardea.introspection.url");
            case 400 ->
                new Trouble(
                        Cause.CALL_REFUSED,
                        "answered 400: it does not introspect tokens of this kind, perhaps JWTs; check"
                                + " cardea.token.validation");
            default ->
                new Trouble(
                        Cause.CALL_REFUSED,
                        "answered " + status + ": it refuses our call; check cardea.introspection.url and the"
                                + " authorization server's log");
        };
    }

    /** RFC 8259 11 defines no parameter; {@code charset} is tolerated and has no effect. */
    private static void requireJson(HttpAnswer answer) throws Trouble {
        List<String> types = answer.headers().getOrDefault("content-type", List.of());
        if (types.size() != 1 || !isJson(types.get(0))) {
            throw new Trouble(Cause.UNREADABLE, "an answer that is not labelled application/json");
        }
    }

    private static boolean isJson(String contentType) {
        String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", 8);
        if (!parts[0].trim().equals("application/json")) {
            return false;
        }
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].trim();
            if (!parameter.isEmpty() && !parameter.startsWith("charset=")) {
                return false;
            }
        }
        return true;
    }

    private Map<String, Object> parse(HttpAnswer answer) throws Trouble {
        try {
            return BoundedJson.readObject(answer.body(), limits);
        } catch (MalformedJsonException e) {
            throw new Trouble(Cause.UNREADABLE, "an answer that is no acceptable JSON object: " + e.detail());
        }
    }
}
