package dev.cardea.testkit.contract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses {@code WWW-Authenticate} by RFC 9110 section 11.6.1, strictly: a sender's mistakes are refused, repeated parameters
 * and characters that RFC 6750 section 3 does not allow included.
 */
public final class Challenges {

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern TOKEN68 = Pattern.compile("[A-Za-z0-9._~+/-]+=*(?=,| *$)");
    private static final Pattern PARAMETER_START = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+=(?=[^=, ])");
    private static final Pattern QUOTED = Pattern.compile("\"((?:[ \\t!#-\\[\\]-~]|\\\\[ -~])*)\"");
    private static final Pattern SCOPE = Pattern.compile("[!#-\\[\\]-~]+( [!#-\\[\\]-~]+)*");
    private static final Pattern ERROR = Pattern.compile("[ !#-\\[\\]-~]+");

    private final String text;
    private int at;

    private Challenges(String text) {
        this.text = text;
    }

    /** The challenges of all field lines, in order. */
    public static List<Challenge> parse(List<String> fieldValues) {
        List<Challenge> challenges = new ArrayList<>();
        for (String value : fieldValues) {
            challenges.addAll(new Challenges(value).parse());
        }
        return List.copyOf(challenges);
    }

    private List<Challenge> parse() {
        List<Challenge> challenges = new ArrayList<>();
        do {
            challenges.add(challenge());
        } while (comma());
        if (at < text.length()) {
            throw wrong("unexpected character");
        }
        return challenges;
    }

    private Challenge challenge() {
        String scheme = must(TOKEN, "scheme");
        if (at == text.length() || text.charAt(at) == ',') {
            return new Challenge(scheme, null, Map.of());
        }
        if (!skipSpaces()) {
            throw wrong("no space behind the scheme");
        }
        String token68 = looksLikeParameter() ? null : must(TOKEN68, "parameter");
        return new Challenge(scheme, token68, token68 == null ? parameters() : Map.of());
    }

    private Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        int beforeComma;
        do {
            String name = must(TOKEN, "parameter name").toLowerCase(Locale.ROOT);
            at++; // the equals sign, which looksLikeParameter has seen
            if (parameters.put(name, checked(name, value())) != null) {
                throw wrong("repeated parameter " + name);
            }
            beforeComma = at;
        } while (comma() && looksLikeParameter());
        at = beforeComma;
        return parameters;
    }

    private boolean looksLikeParameter() {
        return PARAMETER_START
                .matcher(text)
                .region(at, text.length())
                .useTransparentBounds(true)
                .lookingAt();
    }

    private String value() {
        String quoted = accept(QUOTED, 1);
        return quoted == null ? must(TOKEN, "value") : quoted.replaceAll("\\\\(.)", "$1");
    }

    private String checked(String name, String value) {
        boolean right =
                switch (name) {
                    case "scope" -> SCOPE.matcher(value).matches();
                    case "error", "error_description" -> ERROR.matcher(value).matches();
                    default -> true;
                };
        if (!right) {
            throw wrong("a character that RFC 6750 does not allow in " + name);
        }
        return value;
    }

    private boolean comma() {
        int before = at;
        skipSpaces();
        if (at == text.length() || text.charAt(at) != ',') {
            at = before;
            return false;
        }
        at++;
        skipSpaces();
        return true;
    }

    private boolean skipSpaces() {
        int before = at;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at > before;
    }

    private String must(Pattern pattern, String what) {
        String found = accept(pattern, 0);
        if (found == null) {
            throw wrong("no " + what);
        }
        return found;
    }

    private @Nullable String accept(Pattern pattern, int group) {
        Matcher matcher = pattern.matcher(text).region(at, text.length()).useTransparentBounds(true);
        if (!matcher.lookingAt()) {
            return null;
        }
        at = matcher.end();
        return matcher.group(group);
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(what + " at " + at + " of: " + text);
    }
}
