package dev.cardea.reject;

import org.jspecify.annotations.Nullable;

/**
 * A value from outside, made safe to stand in a log line: printable ASCII, at most 80 characters.
 *
 * <p>Anything else (line breaks, terminal escapes, non-ASCII) becomes {@code ?}, so that an attacker can neither forge a
 * log line nor move a terminal's cursor.
 */
public final class Quoted {
    private static final int MAX_LENGTH = 80;

    private Quoted() {}

    /** {@code value} in single quotes, cut and cleaned; {@code nothing} where it is null. */
    public static String of(@Nullable Object value) {
        if (value == null) {
            return "nothing";
        }
        String text = value.toString();
        int length = Math.min(text.length(), MAX_LENGTH);
        StringBuilder quoted = new StringBuilder(length + 5).append('\'');
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            quoted.append(c >= 0x20 && c < 0x7f && c != '\'' ? c : '?');
        }
        return quoted.append(text.length() > MAX_LENGTH ? "...'" : "'").toString();
    }
}
