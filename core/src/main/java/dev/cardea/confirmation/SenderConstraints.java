package dev.cardea.confirmation;

import dev.cardea.reject.Reason;
import dev.cardea.reject.RejectedException;
import dev.cardea.token.VerifiedToken;

/**
 * Whether the sender of a token is the one it is bound to (RFC 9449 7, RFC 8705 3). The only place where a
 * {@link ConfirmedToken} is made.
 *
 * <p>This version verifies no proof and no certificate, so a token that is bound to anything is refused on every
 * endpoint: taking it as a bearer token would give a thief what the binding was made to prevent (RFC 9449 7.2).
 */
public final class SenderConstraints {

    /** Confirms an unbound bearer token; refuses every token with a {@code cnf} member, whatever it holds, or of type DPoP. */
    public ConfirmedToken confirm(VerifiedToken token) throws RejectedException {
        if (token.isSenderConstrained()) {
            throw new RejectedException(
                    Reason.SENDER_CONSTRAINED,
                    "the token is sender-constrained (cnf, or token_type DPoP), which this version cannot verify: have the authorization"
                            + " server issue unbound tokens for this API");
        }
        return new ConfirmedToken(token);
    }
}
