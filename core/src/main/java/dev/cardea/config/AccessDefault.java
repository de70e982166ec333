package dev.cardea.config;

import java.util.Locale;

/** {@code cardea.access.default}: what holds where no annotation says anything. Default {@link #AUTHENTICATED}. */
public enum AccessDefault {
    AUTHENTICATED,
    DENY,
    PERMIT;

    static AccessDefault named(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
