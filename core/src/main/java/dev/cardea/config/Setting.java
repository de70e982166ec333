package dev.cardea.config;

import org.jspecify.annotations.Nullable;

/** One setting, be it of the table {@link Key} or of a family such as {@link RouteKey}. */
interface Setting {
    /** The property's name. */
    String key();

    /** What it may say. */
    Type type();

    /** The value that is used where none is set, or null if there is none or something else decides. */
    @Nullable
    String standard();
}
