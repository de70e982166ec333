package dev.cardea.json;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The grammar of RFC 8259, strictly, within {@link JsonLimits}, and the values that a text of it spells, in one pass.
 *
 * <p>Beyond the grammar it refuses escapes of half a surrogate pair, which are no characters, numbers too large for a
 * double, member names that occur twice, and what is not UTF-8. One instance reads one text, once.
 */
final class JsonReader {
    /** Stands for the end of the text; as a character of the text it is refused like any other control character. */
    private static final byte END = 0;

    /** A whole number of so many characters fits a long, whatever its digits. */
    private static final int SURELY_LONG = 18;

    private final byte[] text;
    private final JsonLimits limits;
    private int position;
    private int values;

    /** Elements, and names before their values, of what is being read; the innermost on top. */
    private @Nullable Object[] open = new @Nullable Object[48];

    private int top;

    private final boolean tolerant;

    private JsonReader(byte[] text, JsonLimits limits, boolean tolerant) {
        this.text = text;
        this.limits = limits;
        this.tolerant = tolerant;
    }

    /**
     * Refuses whatever is not one object with nothing but white space around it.
     *
     * @param tolerant whether an object inside may have a name twice and is then {@link JsonObject#AMBIGUOUS}
     */
    static JsonObject readObject(byte[] text, JsonLimits limits, boolean tolerant) throws MalformedJsonException {
        JsonReader reader = new JsonReader(text, limits, tolerant);
        if (reader.next() != '{') {
            throw reader.malformed("expected an object");
        }
        JsonObject object = reader.object(1);
        reader.skipSpace();
        if (reader.position != text.length) {
            throw reader.malformed("more after the object");
        }
        return object;
    }

    /** @param depth what an object or array that starts here is at */
    private @Nullable Object value(int depth) throws MalformedJsonException {
        return switch (next()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string(false);
            case 't' -> literal("true", true);
            case 'f' -> literal("false", false);
            case 'n' -> literal("null", null);
            default -> number();
        };
    }

    private JsonObject object(int depth) throws MalformedJsonException {
        open(depth);
        if (next() == '}') {
            position++;
            return JsonObject.EMPTY;
        }
        int first = top;
        do {
            count();
            if (next() != '"') {
                throw malformed("expected a member name");
            }
            push(string(true));
            if (next() != ':') {
                throw malformed("expected a colon");
            }
            position++;
            push(value(depth + 1));
        } while (another('}'));
        JsonObject object = JsonObject.of(pop(first));
        if (object == null) {
            if (tolerant && depth > 1) {
                return JsonObject.AMBIGUOUS;
            }
            throw malformed("a member name occurs twice in one object,");
        }
        return object;
    }

    private List<@Nullable Object> array(int depth) throws MalformedJsonException {
        open(depth);
        if (next() == ']') {
            position++;
            return Collections.emptyList();
        }
        int first = top;
        do {
            count();
            push(value(depth + 1));
        } while (another(']'));
        return Collections.unmodifiableList(Arrays.asList(pop(first)));
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

    private void push(@Nullable Object value) {
        if (top == open.length) {
            open = Arrays.copyOf(open, 2 * top);
        }
        open[top++] = value;
    }

    private @Nullable Object[] pop(int first) {
        @Nullable Object[] popped = Arrays.copyOfRange(open, first, top);
        top = first;
        return popped;
    }

    /** Whether a comma follows; otherwise {@code close} must. */
    private boolean another(char close) throws MalformedJsonException {
        byte c = next();
        if (c != ',' && c != close) {
            throw malformed("expected a comma or " + close);
        }
        position++;
        return c == ',';
    }

    private String string(boolean name) throws MalformedJsonException {
        int start = ++position;
        boolean ascii = skipPlain();
        String string;
        if (peek() == '\\') {
            string = escaped(start, ascii);
        } else {
            string = name && ascii ? MemberNames.name(text, start, position) : decoded(start, ascii);
        }
        if (peek() != '"') {
            throw malformed("an unfinished string or a control character in it");
        }
        if (position - start > limits.stringLength()) {
            throw malformed("a string of more than " + limits.stringLength() + " bytes");
        }
        position++;
        return string;
    }

    /** Goes to where the string ends, an escape begins or something is wrong. Whether all before was ASCII. */
    private boolean skipPlain() {
        byte[] bytes = text;
        int at = position;
        int all = 0;
        while (at < bytes.length && isPlain(bytes[at])) {
            all |= bytes[at++];
        }
        position = at;
        return all >= 0;
    }

    /** A byte of a character beyond ASCII is negative. */
    private static boolean isPlain(byte c) {
        return c != '"' && c != '\\' && (c >= 0x20 || c < 0);
    }

    /** The string from {@code start}, whose first escape is here, to where it cannot go on. */
    private String escaped(int start, boolean ascii) throws MalformedJsonException {
        StringBuilder string = new StringBuilder(decoded(start, ascii));
        while (peek() == '\\') {
            escape(string);
            int plain = position;
            string.append(decoded(plain, skipPlain()));
        }
        return string.toString();
    }

    /** From {@code start} to here. A decoder reports what {@code new String} replaces: overlong forms, surrogates, cuts. */
    private String decoded(int start, boolean ascii) throws MalformedJsonException {
        if (ascii) {
            return latin(start);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text, start, position - start))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed("not UTF-8");
        }
    }

    private void escape(StringBuilder string) throws MalformedJsonException {
        position++;
        byte c = peek();
        if (c == 'u') {
            unicodeEscapes(string);
            return;
        }
        int known = "\"\\/bfnrt".indexOf(c);
        if (known < 0) {
            throw malformed("an unknown escape");
        }
        string.append("\"\\/\b\f\n\r\t".charAt(known));
        position++;
    }

    private void unicodeEscapes(StringBuilder string) throws MalformedJsonException {
        char unit = unicodeEscape();
        string.append(unit);
        if (Character.isHighSurrogate(unit)) {
            char second = secondOfPair();
            string.append(second);
            if (Character.isLowSurrogate(second)) {
                return;
            }
        }
        if (Character.isSurrogate(unit)) {
            throw malformed("an escape of half a surrogate pair");
        }
    }

    private char secondOfPair() throws MalformedJsonException {
        if (!skip('\\') || peek() != 'u') {
            throw malformed("an escape of half a surrogate pair");
        }
        return unicodeEscape();
    }

    /** From the {@code u} to the end of its four digits. */
    private char unicodeEscape() throws MalformedJsonException {
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            position++;
            byte c = peek();
            // Character.digit knows the digits of every script, JSON those of one.
            int digit = c > 0 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw malformed("an escape without four hexadecimal digits");
            }
            unit = unit << 4 | digit;
        }
        position++;
        return (char) unit;
    }

    private @Nullable Boolean literal(String word, @Nullable Boolean value) throws MalformedJsonException {
        for (int i = 0; i < word.length(); i++) {
            if (!skip(word.charAt(i))) {
                throw malformed("expected a value");
            }
        }
        return value;
    }

    private Number number() throws MalformedJsonException {
        int start = position;
        skip('-');
        if (!skip('0')) {
            digits();
        }
        boolean whole = true;
        if (skip('.')) {
            whole = false;
            digits();
        }
        if (skip('e') || skip('E')) {
            whole = false;
            if (!skip('+')) {
                skip('-');
            }
            digits();
        }
        if (position - start > limits.numberLength()) {
            throw malformed("a number of more than " + limits.numberLength() + " characters");
        }
        return whole ? wholeNumber(start) : fraction(start);
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

    private Number wholeNumber(int start) {
        if (position - start > SURELY_LONG) {
            BigInteger number = new BigInteger(latin(start));
            return number.bitLength() < Long.SIZE ? (Number) number.longValue() : number;
        }
        boolean negative = text[start] == '-';
        long number = 0;
        for (int i = negative ? start + 1 : start; i < position; i++) {
            number = 10 * number + text[i] - '0';
        }
        return negative ? -number : number;
    }

    private Double fraction(int start) throws MalformedJsonException {
        double number = Double.parseDouble(latin(start));
        if (!Double.isFinite(number)) {
            throw malformed("a number out of range");
        }
        return number;
    }

    private String latin(int start) {
        return new String(text, start, position - start, StandardCharsets.ISO_8859_1);
    }

    private boolean skip(char expected) {
        if (peek() != expected) {
            return false;
        }
        position++;
        return true;
    }

    /** The next byte that is not white space, not yet consumed. */
    private byte next() {
        skipSpace();
        return peek();
    }

    private void skipSpace() {
        while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') {
            position++;
        }
    }

    private byte peek() {
        return position < text.length ? text[position] : END;
    }

    private MalformedJsonException malformed(String what) {
        return new MalformedJsonException(what + " at byte " + position);
    }
}
