package dev.cardea.json;

import org.jspecify.annotations.Nullable;

/**
 * Makes one string of equal ones, for objects that are kept by the thousand and say the same in most of their members: the
 * issuer, the audience, the client. Forgets a text when another one needs its place, so it never grows, and that costs nothing but
 * memory. Thread-safe without locks: a race loses a place, never a text.
 */
public final class TextPool {
    /** Longer texts are hardly ever said twice. */
    static final int MAX_LENGTH = 128;

    private static final int PLACES = 1024; // a power of two

    private final @Nullable String[] texts = new String[PLACES];

    /** An equal string, maybe the same. */
    String shared(String text) {
        if (text.length() > MAX_LENGTH) {
            return text;
        }
        int hash = text.hashCode();
        int place = (hash ^ hash >>> 16) & PLACES - 1;
        String known = texts[place];
        if (text.equals(known)) {
            return known;
        }
        texts[place] = text;
        return text;
    }
}
