package dev.cardea.config;

import dev.cardea.reject.Quoted;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Settings by their type. A value that its type does not allow becomes a problem and reads as the default, so that one
 * mistake does not hide the next. For one thread.
 */
final class Values {
    private static final int MAX_PORT = 65_535;

    private final ConfigurationSource source;
    private final List<Problem> problems;

    Values(ConfigurationSource source, List<Problem> problems) {
        this.source = source;
        this.problems = problems;
    }

    /** The same settings, for reading them once more: what is wrong with them is reported to nobody. */
    Values unheard() {
        return new Values(source, new ArrayList<>());
    }

    /** Whether somebody said something, be it nonsense. */
    boolean isSet(Setting key) {
        String raw = source.raw(key.key());
        return raw != null && !raw.isBlank();
    }

    void report(Setting key, String what, String instead) {
        report(key.key(), what, instead);
    }

    void report(String key, String what, String instead) {
        problems.add(new Problem(key, what, instead));
    }

    /** The text without surrounding blanks; the default where nothing is set. */
    @Nullable
    String text(Setting key) {
        String stated = stated(key);
        return stated != null ? stated : key.standard();
    }

    boolean flag(Setting key) {
        String text = stated(key);
        if (text != null && !text.equals("true") && !text.equals("false")) {
            reportNotA(key, text);
            text = null;
        }
        return Boolean.parseBoolean(text != null ? text : standard(key));
    }

    String choice(Setting key) {
        Type.Choice type = (Type.Choice) key.type();
        String text = stated(key);
        if (text == null || type.words().contains(text)) {
            return text != null ? text : standard(key);
        }
        if (type.later().contains(text)) {
            report(key, Quoted.of(text) + " is not supported by this version", oneOf(type));
        } else {
            reportNotA(key, text);
        }
        return standard(key);
    }

    /** Null where nothing is set, or not one of the words. */
    @Nullable
    String optionalChoice(Setting key) {
        Type.Choice type = (Type.Choice) key.type();
        String text = stated(key);
        if (text == null || type.words().contains(text)) {
            return text;
        }
        reportNotA(key, text);
        return null;
    }

    int count(Setting key) {
        Integer count = optionalCount(key);
        return count == null ? Integer.parseInt(standard(key)) : count;
    }

    /** Null where nothing is set, or no such number. */
    @Nullable
    Integer optionalCount(Setting key) {
        Type.Count type = (Type.Count) key.type();
        String text = stated(key);
        if (text == null) {
            return null;
        }
        Integer number = number(text);
        if (number != null && number >= type.min() && number <= type.max()) {
            return number;
        }
        reportNotA(key, text);
        return null;
    }

    double fraction(Setting key) {
        String text = stated(key);
        if (text != null && !text.matches("0|1|0?\\.[0-9]{1,9}|1\\.0{1,9}")) {
            reportNotA(key, text);
            text = null;
        }
        return Double.parseDouble(text != null ? text : standard(key));
    }

    /** Null only where the key has no default. */
    @Nullable
    Duration optionalDuration(Setting key) {
        Type.Span type = (Type.Span) key.type();
        String text = stated(key);
        if (text != null) {
            Duration duration = Durations.parse(text);
            if (duration != null && duration.compareTo(type.min()) >= 0 && duration.compareTo(type.max()) <= 0) {
                return duration;
            }
            reportNotA(key, text);
        }
        String standard = key.standard();
        return standard == null ? null : Durations.parse(standard);
    }

    Duration duration(Setting key) {
        Duration duration = optionalDuration(key);
        if (duration == null) {
            throw new IllegalStateException(key.key() + " has no default");
        }
        return duration;
    }

    /** The elements, none of them blank; null where nothing is set and there is no default. */
    @Nullable
    List<String> list(Setting key) {
        String text = text(key);
        return text == null ? null : split(text);
    }

    /** An absolute address without user, query and fragment; {@code http:} only if the setting {@code allowHttp} says so. */
    @Nullable
    String url(Setting key, Setting allowHttp, boolean allowQuery) {
        String text = stated(key);
        if (text == null) {
            return null;
        }
        URI uri = uri(text);
        if (uri == null
                || uri.getHost() == null
                || uri.getPort() > MAX_PORT
                || !("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
            report(key, "is not an absolute https URL", "for instance https://as.example.com/tenant");
        } else if (uri.getRawUserInfo() != null) {
            report(key, "contains a user", "the address without what stands before the @");
        } else if (uri.getRawFragment() != null || (uri.getRawQuery() != null && !allowQuery)) {
            report(key, "contains a query or fragment", "the address up to ? or #");
        } else if (uri.getScheme().equals("http") && !flag(allowHttp)) {
            report(key, "is not https", "an https address, or, for development only, " + allowHttp.key() + "=true");
        } else {
            return text;
        }
        return null;
    }

    @Nullable
    Path path(Setting key) {
        String text = stated(key);
        try {
            return text == null ? null : Path.of(text);
        } catch (InvalidPathException e) {
            report(key, "is not a path", "the path of a file");
            return null;
        }
    }

    @Nullable
    Secret secret(Setting key) {
        String raw = source.raw(key.key());
        if (raw == null) {
            return null;
        }
        String secret = Expression.namesHandler(raw) ? source.value(key.key()) : Expression.secret(raw, source::raw);
        if (secret == null) {
            reportUnresolved(key);
            return null;
        }
        return new Secret(secret);
    }

    private @Nullable String stated(Setting key) {
        String value = source.value(key.key());
        if (value == null && isSet(key)) {
            reportUnresolved(key);
        }
        return value == null || value.isBlank() ? null : value.strip();
    }

    private void reportUnresolved(Setting key) {
        report(key, "refers by ${...} to something that is not set", "a value, or set what it refers to");
    }

    private void reportNotA(Setting key, String text) {
        String expected = key.type() instanceof Type.Choice choice
                ? oneOf(choice)
                : key.type().describe().replace("`", "");
        String unit = key.type() instanceof Type.Span ? ", like 400ms, 30s, 5m, 2h, 1d or ISO-8601" : "";
        report(key, Quoted.of(text) + " is not allowed", expected + unit);
    }

    private static String oneOf(Type.Choice type) {
        return (type.words().size() == 1 ? "" : "one of ") + String.join(", ", type.words());
    }

    private static String standard(Setting key) {
        String standard = key.standard();
        if (standard == null) {
            throw new IllegalStateException(key.key() + " has no default");
        }
        return standard;
    }

    private static @Nullable Integer number(String text) {
        return text.matches("[0-9]{1,9}") ? Integer.valueOf(text) : null;
    }

    private static @Nullable URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /** As MicroProfile Config does it: a comma after a backslash does not split. Blank elements do not count. */
    private static List<String> split(String text) {
        List<String> elements = new ArrayList<>();
        StringBuilder element = new StringBuilder();
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == ',') {
                String stripped = element.toString().strip();
                if (!stripped.isEmpty()) {
                    elements.add(stripped);
                }
                element.setLength(0);
            } else {
                if (text.startsWith("\\,", i)) {
                    i++;
                }
                element.append(text.charAt(i));
            }
        }
        return elements;
    }
}
