package dev.cardea.demand;

import java.util.Locale;

/** What becomes of the nonce in DPoP proofs (RFC 9449 9), from lax to strict. */
public enum NonceUse {
    /** Nonces are neither given nor looked at: a proof counts by its {@code iat}. */
    OFF,
    /** A client whose clock is wrong is given a nonce, which then stands for its clock. One that is in a proof has to be good. */
    RESCUE,
    /** Every proof needs a nonce of ours. */
    REQUIRED;

    /** The stricter one. */
    public NonceUse and(NonceUse other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** As it is written in settings. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one that is written so; {@link IllegalArgumentException} if there is none. */
    public static NonceUse named(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
