package dev.cardea.config;

import org.jspecify.annotations.Nullable;

/** Property expressions of MicroProfile Config: <code>${name}</code>, <code>${name:default}</code>, nested. */
final class Expression {
    private static final int MAX_DEPTH = 10;

    private Expression() {}

    /** {@code text} with its expressions replaced, or null if one of them leads nowhere, or in circles. */
    static @Nullable String expand(String text, Lookup lookup) {
        return expand(text, lookup, 0);
    }

    /** What a property says as it stands, or null. */
    interface Lookup {
        @Nullable
        String raw(String name);
    }

    /**
     * What a secret says. As a whole <code>${name}</code> or <code>${name:default}</code> it is what that property
     * says, again as it stands; anything else is the secret itself, dollar signs included.
     */
    static @Nullable String secret(String raw, Lookup lookup) {
        String text = raw;
        for (int depth = 0; depth < MAX_DEPTH; depth++) {
            if (!text.startsWith("${") || text.indexOf('}') != text.length() - 1) {
                return text;
            }
            String inner = text.substring(2, text.length() - 1);
            int colon = inner.indexOf(':');
            String referred = lookup.raw(colon < 0 ? inner : inner.substring(0, colon));
            if (referred == null) {
                return colon < 0 || colon == inner.length() - 1 ? null : inner.substring(colon + 1);
            }
            text = referred;
        }
        return null;
    }

    /** Whether a secret is to be decoded by a handler of the server: <code>${handler::value}</code>. */
    static boolean namesHandler(String raw) {
        return raw.startsWith("${") && raw.indexOf('}') == raw.length() - 1 && raw.contains("::");
    }

    private static @Nullable String expand(String text, Lookup lookup, int depth) {
        if (depth > MAX_DEPTH) {
            return null;
        }
        StringBuilder expanded = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            if (text.startsWith("\\${", i)) {
                expanded.append("${");
                i += 3;
                continue;
            }
            int end = text.startsWith("${", i) ? closingBrace(text, i + 2) : -1;
            if (end < 0) {
                expanded.append(text.charAt(i++));
                continue;
            }
            String value = resolve(text.substring(i + 2, end), lookup, depth + 1);
            if (value == null) {
                return null;
            }
            expanded.append(value);
            i = end + 1;
        }
        return expanded.toString();
    }

    private static @Nullable String resolve(String inner, Lookup lookup, int depth) {
        int colon = inner.indexOf(':');
        String value = lookup.raw(colon < 0 ? inner : inner.substring(0, colon));
        if (value != null) {
            return expand(value, lookup, depth);
        }
        return colon < 0 ? null : expand(inner.substring(colon + 1), lookup, depth);
    }

    private static int closingBrace(String text, int from) {
        int open = 1;
        for (int i = from; i < text.length(); i++) {
            if (text.startsWith("${", i)) {
                open++;
            } else if (text.charAt(i) == '}' && --open == 0) {
                return i;
            }
        }
        return -1;
    }
}
