package dev.cardea.token;

import dev.cardea.reject.Quoted;
import dev.cardea.reject.Reason;
import dev.cardea.reject.RejectedException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What an introspection answer says that the token is for (RFC 7662 2.2, I13). Some endpoints call refresh tokens and ID tokens
 * active as well, and say so in one of these members; none has to be there.
 *
 * <p>An answer that says nothing proves nothing: where a product calls other tokens active without saying so, its profile or the
 * audience has to tell.
 */
final class StatedUse {
    /** Members that exist to tell kinds of tokens apart, so that a value nobody knows is another kind. */
    private static final List<String> USES = List.of("token_use", "token_usage");

    private static final Set<String> ACCESS = Set.of("access", "access_token");

    /** RFC 6749 5.1: what a client may do with the token, in any case; some put its kind there. */
    private static final Set<String> OTHER_KINDS = Set.of("refresh", "refresh_token", "id", "id_token");

    private StatedUse() {}

    /** @throws RejectedException if the answer is about something else than an access token, or says it in no string */
    static void requireAccessToken(Claims answer) throws RejectedException {
        String type = answer.string("token_type");
        if (type != null && OTHER_KINDS.contains(type.toLowerCase(Locale.ROOT))) {
            throw refused("token_type", type);
        }
        for (String name : USES) {
            String use = answer.string(name);
            if (use != null && !ACCESS.contains(use)) {
                throw refused(name, use);
            }
        }
    }

    /** Whether the answer says that only who proves possession of a key may use the token (RFC 9449 6.2). */
    static boolean isProven(Claims answer) {
        return answer.asMap().get("token_type") instanceof String type && type.equalsIgnoreCase("DPoP");
    }

    private static RejectedException refused(String name, String value) {
        return new RejectedException(
                Reason.TYPE_NOT_ACCEPTED,
                "the introspection endpoint says that " + name + " is " + Quoted.of(value) + ": no access token");
    }
}
