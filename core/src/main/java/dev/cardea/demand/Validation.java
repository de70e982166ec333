package dev.cardea.demand;

import java.util.Locale;

/** By what a token is validated ({@code cardea.token.validation}). */
public enum Validation {
    /** A JWT of a configured issuer locally, of another one not at all, anything else by introspection; without issuer, all. */
    AUTO,
    /** JWTs of configured issuers only, verified here. */
    LOCAL,
    /** Every token, JWT or not, by introspection. */
    INTROSPECT,
    /** A JWT has to pass both; anything else is introspected, since there is nothing in it to verify. */
    LOCAL_AND_INTROSPECT,
    /**
     * As {@link #AUTO}; and a JWT of a configured issuer whose signature or key fails is introspected. For migrations: whoever
     * can make the endpoint say yes to it is let in.
     */
    LOCAL_ELSE_INTROSPECT;

    /** What a JWT has to pass where {@code other} is asked for as well. Of opaque tokens it says nothing. */
    Validation and(Validation other) {
        if (this == other) {
            return this;
        }
        if (alwaysAsks() || other.alwaysAsks()) {
            return verifiesJwts() || other.verifiesJwts() ? LOCAL_AND_INTROSPECT : INTROSPECT;
        }
        return this == LOCAL || other == LOCAL ? LOCAL : AUTO;
    }

    private boolean alwaysAsks() {
        return this == INTROSPECT || this == LOCAL_AND_INTROSPECT;
    }

    /** Whether a JWT may be introspected. */
    public boolean introspectsJwts() {
        return this == INTROSPECT || this == LOCAL_AND_INTROSPECT || this == LOCAL_ELSE_INTROSPECT;
    }

    /** Whether a JWT is verified locally. */
    public boolean verifiesJwts() {
        return this != INTROSPECT;
    }

    /** As it is written in settings. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The one that is written so; {@link IllegalArgumentException} if there is none. */
    public static Validation named(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
