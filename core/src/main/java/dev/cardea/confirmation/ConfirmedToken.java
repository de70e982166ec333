package dev.cardea.confirmation;

import dev.cardea.token.VerifiedToken;

/**
 * Evidence that whoever presented a {@link VerifiedToken} may hold it. Only {@link SenderConstraints} makes one.
 * For one request; immutable.
 */
public final class ConfirmedToken {
    private final VerifiedToken token;

    ConfirmedToken(VerifiedToken token) {
        this.token = token;
    }

    public VerifiedToken token() {
        return token;
    }
}
