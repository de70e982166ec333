package dev.cardea.reject;

import org.jspecify.annotations.Nullable;

/** What the settings of one issuer are called, for messages that say what to change. Immutable. */
public final class SettingNames {
    /** Those of {@code cardea.issuer}. */
    public static final SettingNames MAIN = new SettingNames("cardea.");

    private final String prefix;

    private SettingNames(String prefix) {
        this.prefix = prefix;
    }

    /** Those of the issuer {@code cardea.issuers.<name>}, or for null those of {@code cardea.issuer}. */
    public static SettingNames ofIssuer(@Nullable String name) {
        return name == null ? MAIN : new SettingNames("cardea.issuers." + name + ".");
    }

    /** @param setting its name after {@code cardea.}, as for the main issuer */
    public String of(String setting) {
        return prefix + setting;
    }
}
