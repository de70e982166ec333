package dev.cardea.config;

/** A secret string that does not show itself: only {@link #reveal()} gives it away. Immutable. */
public final class Secret {
    private final String value;

    public Secret(String value) {
        this.value = value;
    }

    /** The secret, for the one call that sends it. */
    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "secret";
    }
}
