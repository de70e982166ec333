package dev.cardea.introspection;

import dev.cardea.clientauth.Refusal;
import dev.cardea.http.HttpAnswer;
import dev.cardea.introspection.Trouble.Cause;
import dev.cardea.json.BoundedJson;
import dev.cardea.json.JsonLimits;
import dev.cardea.json.MalformedJsonException;
import dev.cardea.reject.SettingNames;
import dev.cardea.reject.UndeterminedException;
import dev.cardea.token.Claims;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells yes, no and everything else apart (RFC 7662 2.2 and 2.3). Yes is a 200 with a JSON object whose {@code active}
 * is {@code true}, no the same with {@code false}; nothing else says anything about a token. Where signed answers are asked
 * for, the object is the one that was signed (RFC 9701 5).
 */
final class AnswerReader {
    private final JsonLimits limits;
    private final SettingNames names;
    private final @Nullable SignedAnswer signed;
    private final Clock clock;

    /**
     * @param names what the settings are called
     * @param signed opens answers, all of which have to be signed; null for plain ones
     */
    AnswerReader(int maxBytes, SettingNames names, @Nullable SignedAnswer signed, Clock clock) {
        this.limits = JsonLimits.ofBytes(maxBytes);
        this.names = names;
        this.signed = signed;
        this.clock = clock;
    }

    /** What the endpoint has to be asked for (RFC 9701 4): this is accepted, and nothing else. */
    String mediaType() {
        return signed == null ? ContentTypes.JSON : SignedAnswer.MEDIA_TYPE;
    }

    /**
     * The members of an active answer, or null for an inactive one.
     *
     * @param asked when the question left
     * @throws UndeterminedException if the keys that would verify a signed answer cannot be had
     */
    @Nullable
    Claims read(HttpAnswer answer, Instant asked) throws Trouble, UndeterminedException {
        requireOk(answer);
        Map<String, Object> members = signed == null ? plain(answer) : signed.members(answer, asked);
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
            throw refused(answer);
        }
        if (status >= 300) {
            throw new Trouble(
                    Cause.REDIRECTED,
                    "answered " + status + ": a redirect is never followed, it would take the client secret and the"
                            + " token along; set " + names.of("introspection.url") + " to the endpoint's own address");
        }
        if (status != 200) {
            throw new Trouble(Cause.UNREADABLE, "answered " + status + " where RFC 7662 asks for 200");
        }
    }

    private Trouble refused(HttpAnswer answer) {
        int status = answer.status();
        if (Refusal.isOne(answer)) {
            return new Trouble(
                    Cause.CREDENTIALS_REFUSED,
                    "answered " + status + ": it refuses our credentials; check " + names.of("introspection.client-id")
                            + " and " + names.of("introspection.client-secret")
                            + ", or the client-secret-file or key that " + names.of("introspection.auth-method")
                            + " asks for; that this client may introspect; and that "
                            + names.of("introspection.url") + " is the introspection endpoint");
        }
        return switch (status) {
            case 404, 405 ->
                new Trouble(
                        Cause.ADDRESS_WRONG,
                        "answered " + status + ": this is no introspection endpoint; check "
                                + names.of("introspection.url"));
            case 400 ->
                new Trouble(
                        Cause.CALL_REFUSED,
                        "answered 400: it does not introspect tokens of this kind, perhaps JWTs; check "
                                + names.of("token.validation"));
            default ->
                new Trouble(
                        Cause.CALL_REFUSED,
                        "answered " + status + ": it refuses our call; check " + names.of("introspection.url")
                                + " and the authorization server's log");
        };
    }

    private Map<String, Object> plain(HttpAnswer answer) throws Trouble {
        if (!ContentTypes.isLabelled(answer, ContentTypes.JSON)) {
            throw new Trouble(
                    Cause.UNREADABLE,
                    "an answer that is not labelled application/json; check " + names.of("introspection.url"));
        }
        try {
            return BoundedJson.readObject(answer.body(), limits);
        } catch (MalformedJsonException e) {
            throw new Trouble(Cause.UNREADABLE, "an answer that is no acceptable JSON object: " + e.detail());
        }
    }
}
