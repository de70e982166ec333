package dev.cardea.config;

/** {@code cardea.access.default}: what holds where no annotation says anything. Default {@link #AUTHENTICATED}. */
public enum AccessDefault {
    AUTHENTICATED,
    DENY,
    PERMIT
}
