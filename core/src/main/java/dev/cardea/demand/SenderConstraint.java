package dev.cardea.demand;

import java.util.Locale;

/** What an endpoint asks about to whom a token is bound. A binding that is there is checked whatever this says (RFC 9449 7.1, RFC 8705 3). */
public enum SenderConstraint {
    /** An unbound token only. */
    OFF,
    /** Bound or not. */
    OPTIONAL,
    /** Bound to a key or to a certificate. */
    REQUIRED,
    /** Bound to a key, of which DPoP proves possession ({@code cnf.jkt}). */
    DPOP,
    /** Bound to a client certificate ({@code cnf.x5t#S256}). */
    CERTIFICATE;

    /** As it is written in settings. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one that is written so; {@link IllegalArgumentException} if there is none. */
    public static SenderConstraint named(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
