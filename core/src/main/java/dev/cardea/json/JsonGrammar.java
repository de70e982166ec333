package dev.cardea.json;

/**
 * The grammar of RFC 8259, strictly, within {@link JsonLimits}; makes nothing of what it reads.
 *
 * <p>Beyond the grammar it refuses escapes of half a surrogate pair, which are no characters, and numbers too large for a
 * double. One instance reads one text, once.
 */
final class JsonGrammar {
    /** Stands for the end of the text; as a character of the text it is refused like any other control character. */
    private static final char END = '\0';

    private final String text;
    private final JsonLimits limits;
    private int position;
    private int values;

    private JsonGrammar(String text, JsonLimits limits) {
        this.text = text;
        this.limits = limits;
    }

    /** Refuses whatever is not one object with nothing but white space around it. */
    static void requireObject(String text, JsonLimits limits) throws MalformedJsonException {
        JsonGrammar grammar = new JsonGrammar(text, limits);
        if (grammar.next() != '{') {
            throw grammar.malformed("expected an object");
        }
        grammar.value(1);
        grammar.skipSpace();
        if (grammar.position != text.length()) {
            throw grammar.malformed("more after the object");
        }
    }

    /** @param depth what an object or array that starts here is at */
    private void value(int depth) throws MalformedJsonException {
        switch (next()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> number();
        }
    }

    private void object(int depth) throws MalformedJsonException {
        open(depth);
        if (next() == '}') {
            position++;
            return;
        }
        do {
            count();
            if (next() != '"') {
                throw malformed("expected a member name");
            }
            string();
            if (next() != ':') {
                throw malformed("expected a colon");
            }
            position++;
            value(depth + 1);
        } while (another('}'));
    }

    private void array(int depth) throws MalformedJsonException {
        open(depth);
        if (next() == ']') {
            position++;
            return;
        }
        do {
            count();
            value(depth + 1);
        } while (another(']'));
    }

    private void open(int depth) throws MalformedJsonException {
        if (depth > limits.depth()) {
            throw malformed("nested deeper than " + limits.depth());
        }
        position++;
    }

    private void count() throws MalformedJsonException {
        if (++values > limits.values()) {
            throw malformed("more than " + limits.values() + " members and elements");
        }
    }

    /** Whether a comma follows; otherwise {@code close} must. */
    private boolean another(char close) throws MalformedJsonException {
        char c = next();
        if (c != ',' && c != close) {
            throw malformed("expected a comma or " + close);
        }
        position++;
        return c == ',';
    }

    private void string() throws MalformedJsonException {
        int start = ++position;
        while (peek() != '"') {
            if (position - start >= limits.stringLength()) {
                throw malformed("a string of more than " + limits.stringLength() + " characters");
            }
            if (peek() < 0x20) {
                throw malformed("an unfinished string or a control character in it");
            }
            if (peek() == '\\') {
                escape();
            } else {
                position++;
            }
        }
        position++;
    }

    private void escape() throws MalformedJsonException {
        position++;
        char c = peek();
        if (c != 'u') {
            if ("\"\\/bfnrt".indexOf(c) < 0) {
                throw malformed("an unknown escape");
            }
            position++;
            return;
        }
        char unit = unicodeEscape();
        if (Character.isLowSurrogate(unit)
                || (Character.isHighSurrogate(unit) && !Character.isLowSurrogate(secondOfPair()))) {
            throw malformed("an escape of half a surrogate pair");
        }
    }

    private char secondOfPair() throws MalformedJsonException {
        if (!text.startsWith("\\u", position)) {
            throw malformed("an escape of half a surrogate pair");
        }
        position++;
        return unicodeEscape();
    }

    /** From the {@code u} to the end of its four digits. */
    private char unicodeEscape() throws MalformedJsonException {
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            position++;
            char c = peek();
            // Character.digit knows the digits of every script, JSON those of one.
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw malformed("an escape without four hexadecimal digits");
            }
            unit = unit << 4 | digit;
        }
        position++;
        return (char) unit;
    }

    private void literal(String word) throws MalformedJsonException {
        if (!text.startsWith(word, position)) {
            throw malformed("expected a value");
        }
        position += word.length();
    }

    private void number() throws MalformedJsonException {
        int start = position;
        skip('-');
        if (!skip('0')) {
            digits();
        }
        if (skip('.')) {
            digits();
        }
        boolean exponent = skip('e') || skip('E');
        if (exponent) {
            if (!skip('+')) {
                skip('-');
            }
            digits();
        }
        if (position - start > limits.numberLength()) {
            throw malformed("a number of more than " + limits.numberLength() + " characters");
        }
        if (exponent && !Double.isFinite(Double.parseDouble(text.substring(start, position)))) {
            throw malformed("a number out of range");
        }
    }

    private void digits() throws MalformedJsonException {
        int start = position;
        while (peek() >= '0' && peek() <= '9') {
            position++;
        }
        if (position == start) {
            throw malformed("expected a value");
        }
    }

    private boolean skip(char expected) {
        if (peek() != expected) {
            return false;
        }
        position++;
        return true;
    }

    /** The next character that is not white space, not yet consumed. */
    private char next() {
        skipSpace();
        return peek();
    }

    private void skipSpace() {
        while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') {
            position++;
        }
    }

    private char peek() {
        return position < text.length() ? text.charAt(position) : END;
    }

    private MalformedJsonException malformed(String what) {
        return new MalformedJsonException(what + " at character " + position);
    }
}
