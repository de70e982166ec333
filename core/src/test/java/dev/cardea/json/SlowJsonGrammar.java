package dev.cardea.json;

import java.util.regex.Pattern;

/** RFC 8259 by rewriting: what is certainly a value becomes {@code 0}, until nothing but one object is left. */
final class SlowJsonGrammar {
    private static final Pattern STRING =
            Pattern.compile("\"(?:[^\"\\\\\\x00-\\x1f\\ud800-\\udfff]|[\\ud800-\\udbff][\\udc00-\\udfff]"
                    + "|[\\ud800-\\udfff]|\\\\[\"\\\\/bfnrt]|\\\\u[dD][89abAB][0-9a-fA-F]{2}\\\\u[dD][c-fC-F][0-9a-fA-F]{2}"
                    + "|\\\\u(?![dD][89a-fA-F])[0-9a-fA-F]{4})*\"");
    private static final Pattern NUMBER = Pattern.compile(
            "(?<![0-9a-zA-Z.+_-])-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![0-9a-zA-Z.+_-])");
    private static final String VALUE = "[SV]";
    private static final Pattern CONTAINER = Pattern.compile(
            "\\[(?:" + VALUE + "(?:," + VALUE + ")*)?\\]|\\{(?:S:" + VALUE + "(?:,S:" + VALUE + ")*)?\\}");

    private SlowJsonGrammar() {}

    static boolean accepts(String text) {
        if (text.chars().anyMatch(c -> c == 'S' || c == 'V')) {
            throw new IllegalArgumentException("letters that stand for tokens here");
        }
        StringBuilder tokens = new StringBuilder();
        int position = 0;
        var strings = STRING.matcher(text);
        while (position < text.length()) {
            int quote = text.indexOf('"', position);
            if (quote < 0) {
                tokens.append(simple(text.substring(position)));
                break;
            }
            tokens.append(simple(text.substring(position, quote))).append('S');
            if (!strings.find(quote) || strings.start() != quote) {
                return false;
            }
            position = strings.end();
        }
        String left = tokens.toString();
        if (!left.startsWith("{")) {
            return false;
        }
        String before;
        do {
            before = left;
            left = CONTAINER.matcher(left).replaceAll("V");
        } while (!left.equals(before));
        return left.equals("V");
    }

    private static String simple(String between) {
        String values = between.replaceAll("(?<![0-9a-zA-Z])(?:true|false|null)(?![0-9a-zA-Z])", "V");
        values = NUMBER.matcher(values).replaceAll(number -> fits(number.group()) ? "V" : "out of range");
        String tight = values.replaceAll("[ \t\r\n]*([\\[\\]{}:,])[ \t\r\n]*", "$1");
        return tight.replaceAll("^[ \t\r\n]+|[ \t\r\n]+$", "");
    }

    private static boolean fits(String number) {
        return number.length() <= 32 && Double.isFinite(Double.parseDouble(number));
    }
}
