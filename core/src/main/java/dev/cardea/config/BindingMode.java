package dev.cardea.config;

import java.util.Locale;

/** What becomes of tokens that are bound in one way, where no path rule says otherwise. In no mode are they bearer tokens. */
public enum BindingMode {
    /** They are refused, since nobody checks the binding. */
    OFF,
    /** Their binding is checked; others are accepted too. */
    OPTIONAL,
    /** Their binding is checked; others are refused. */
    REQUIRED;

    /** As it is written in settings. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static BindingMode named(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
