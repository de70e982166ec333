package dev.cardea.token;

import dev.cardea.reject.RejectedException;
import java.util.List;
import java.util.Set;

/**
 * The {@code scope-token} grammar of RFC 6749 3.3: {@code %x21 / %x23-5B / %x5D-7E}, compared case-sensitively, in no
 * order. Public for the configuration and the annotations, which name scopes too.
 */
public final class ScopeTokens {
    private ScopeTokens() {}

    /** Whether {@code text} is one scope token. */
    public static boolean isScopeToken(String text) {
        if (text.isEmpty()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x21 || c > 0x7e || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    static void addDelimited(String claim, String delimited, Set<String> tokens) throws RejectedException {
        int start = 0;
        while (start < delimited.length()) {
            int space = delimited.indexOf(' ', start);
            int end = space < 0 ? delimited.length() : space;
            if (end > start) {
                add(claim, delimited.substring(start, end), tokens);
            }
            start = end + 1;
        }
    }

    static void addEach(String claim, List<String> elements, Set<String> tokens) throws RejectedException {
        for (String element : elements) {
            add(claim, element, tokens);
        }
    }

    private static void add(String claim, String token, Set<String> tokens) throws RejectedException {
        if (!isScopeToken(token)) {
            throw Claims.malformed(claim, "contains something that is not a scope token");
        }
        tokens.add(token);
    }
}
