package dev.cardea.introspection;

import dev.cardea.reject.Reason;
import dev.cardea.reject.RejectedException;
import dev.cardea.request.PresentedToken;
import dev.cardea.token.AcceptedClaims;
import dev.cardea.token.AuthenticClaims;
import dev.cardea.token.ClaimRules;
import dev.cardea.token.Claims;
import dev.cardea.token.Confirmation;
import dev.cardea.token.Source;
import dev.cardea.token.VerifiedToken;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an issuer signed in a JWT and what its introspection endpoint says of the same JWT, taken together.
 *
 * <p>The answer is the younger one and counts; what it does not mention is taken from the JWT, since {@code "active": true} says
 * that the JWT still stands. Two things are not left to that: the two must speak of the same issuer, subject, client and token, or
 * the answer is about another token; and a binding that either names stays.
 */
final class SignedAndIntrospected {
    /** Members that say of whom and of what a token is. */
    private static final List<String> SAME = List.of("iss", "sub", "client_id", "azp", "jti");

    private final AuthenticClaims signed;
    private final AuthenticClaims introspected;
    private volatile @Nullable AcceptedClaims accepted;

    SignedAndIntrospected(AuthenticClaims signed, AuthenticClaims introspected) {
        this.signed = signed;
        this.introspected = introspected;
    }

    boolean isOf(AuthenticClaims claims) {
        return signed == claims;
    }

    VerifiedToken accept(PresentedToken token, ClaimRules rules, Source source, long nowMillis)
            throws RejectedException {
        AcceptedClaims known = accepted;
        if (known != null) {
            return rules.accept(token, known, source, nowMillis);
        }
        AuthenticClaims both = AuthenticClaims.introspected(together(rules), introspected.establishedAt());
        VerifiedToken verified = rules.accept(token, both, source);
        accepted = verified.accepted();
        return verified;
    }

    private Claims together(ClaimRules rules) throws RejectedException {
        Map<String, Object> fromJwt = signed.claims().asMap();
        Map<String, Object> fromAnswer = introspected.claims().asMap();
        for (String name : SAME) {
            Object one = fromJwt.get(name);
            Object other = fromAnswer.get(name);
            if (one != null && other != null && !one.equals(other)) {
                throw new RejectedException(
                        Reason.ISSUER_MISMATCH,
                        "the JWT and the introspection answer about it differ in '" + name
                                + "', so they are not about one token");
            }
        }
        Map<String, Object> together = new LinkedHashMap<>(fromJwt);
        rules.replacedBy(fromAnswer).forEach(together::remove);
        together.putAll(fromAnswer);
        Object cnf = Confirmation.together(fromJwt, fromAnswer);
        if (cnf != null) {
            together.put("cnf", cnf);
        }
        return Claims.of(together);
    }
}
