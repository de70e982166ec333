package dev.cardea.it.bypass;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Other ways of writing a path: each alone at each of its segments, at its end, and some together. Where a shape is not tried
 * thoroughly, at the last segment only.
 */
final class Spellings {

    /** Before a segment, in place of the slash. */
    private static final List<String> SEPARATORS = List.of(
            "//",
            "/./",
            "/x/../",
            "/../shapes/",
            "/%2e/",
            "/x/%2e%2e/",
            "/x/..;/",
            "/x/..;y/",
            "/;/",
            "/;x=y/",
            "/;",
            "%2F",
            "%2f/",
            "/%2F",
            "%5C",
            "\\",
            "/\\",
            "%252F",
            "/%252e/",
            "%c0%af",
            "/%c0%ae/",
            "%ef%bc%8f",
            "/%20",
            "/\t",
            "/%0a",
            "/%00/");

    /** Behind a segment. */
    private static final List<String> SUFFIXES = List.of(
            ";",
            ";x",
            ";x=y",
            ";x=/y",
            ";x=%2Fy",
            ";jsessionid=4711",
            ";a=b;c=d",
            "%3B",
            "%3Bx=y",
            "%253Bx",
            "%00",
            "%00.html",
            ".",
            "%2e",
            "%20",
            "%09",
            "%0d%0a",
            "+",
            "~",
            ".json",
            "%23",
            "%3F",
            ":80",
            "*");

    private static final Map<String, UnaryOperator<String>> CHANGES = Map.of(
            "first letter encoded", segment -> encoded(segment.substring(0, 1)) + segment.substring(1),
            "last letter encoded",
                    segment -> segment.substring(0, segment.length() - 1)
                            + encoded(segment.substring(segment.length() - 1)),
            "all letters encoded", Spellings::encoded,
            "encoded in lower case", segment -> encoded(segment).toLowerCase(Locale.ROOT),
            "encoded twice", segment -> encoded(segment).replace("%", "%25"),
            "encoded as %u",
                    segment -> "%u00" + encoded(segment.substring(0, 1)).substring(1) + segment.substring(1),
            "overlong", segment -> "%c1%" + Integer.toHexString(segment.charAt(0) + 0x40) + segment.substring(1),
            "upper case", segment -> segment.toUpperCase(Locale.ROOT),
            "capital", segment -> segment.substring(0, 1).toUpperCase(Locale.ROOT) + segment.substring(1));

    private static final List<String> ENDS = List.of(
            "/",
            "//",
            "/.",
            "/./",
            "/%2e",
            "/;",
            "/;x=y",
            "/x/..",
            "/x/%2e%2e",
            "/x/..;",
            "?",
            "??",
            "?x=y",
            "?;",
            "?/../x",
            "?/public/info",
            "#",
            "#/public/info",
            "/?x",
            ";?x",
            "%2F",
            "/%2F",
            "/../../public/info",
            "/..;/..;/public/info",
            "/%2e%2e/%2e%2e/public/info",
            ";/../../public/info",
            "/favicon.ico",
            "/index.html",
            ".css",
            ";.css",
            ";/x.css",
            "/;.png",
            "?.css");

    private static final List<String> EVERYWHERE = List.of(
            "as it is",
            "a parameter everywhere",
            "everything encoded",
            "a dot everywhere",
            "every slash doubled",
            "/ at the end");

    private Spellings() {}

    /** By name, with the path as it is among them. */
    static Map<String, String> of(Shape shape) {
        List<String> segments = shape.segments();
        Map<String, String> spellings = new LinkedHashMap<>();
        String path = "/" + String.join("/", segments);
        spellings.put("as it is", path);
        for (int i = shape.isTriedThoroughly() ? 0 : segments.size() - 1; i < segments.size(); i++) {
            String before = segments.subList(0, i).stream().map(s -> "/" + s).collect(Collectors.joining());
            String rest = String.join("/", segments.subList(i, segments.size()));
            String segment = segments.get(i);
            String after = rest.substring(segment.length());
            int position = i;
            SEPARATORS.forEach(s -> spellings.put(s + " before segment " + position, before + s + rest));
            SUFFIXES.forEach(s -> spellings.put(s + " behind segment " + position, before + "/" + segment + s + after));
            CHANGES.forEach((name, change) ->
                    spellings.put(name + " at segment " + position, before + "/" + change.apply(segment) + after));
        }
        ENDS.forEach(end -> spellings.put(end + " at the end", path + end));
        together(segments).forEach(spellings::put);
        return spellings;
    }

    private static Map<String, String> together(List<String> segments) {
        Map<String, String> spellings = new LinkedHashMap<>();
        spellings.put("everything encoded", joined(segments, "/", Spellings::encoded));
        spellings.put("every slash doubled", joined(segments, "//", s -> s));
        spellings.put("a parameter everywhere", joined(segments, "/", s -> s + ";p=q"));
        spellings.put("a dot everywhere", joined(segments, "/./", s -> s));
        spellings.put("doubled, with parameters", joined(segments, "//", s -> s + ";p"));
        spellings.put("encoded, with parameters", joined(segments, "/", s -> encoded(s) + ";p=%2e"));
        spellings.put("dots, doubled, encoded, with parameters", joined(segments, "/.//", s -> encoded(s) + ";p=q"));
        spellings.put("parameters with a slash", joined(segments, "/", s -> s + ";p=a%2Fb"));
        return spellings;
    }

    private static String joined(List<String> segments, String separator, UnaryOperator<String> change) {
        return "/" + segments.stream().map(change).collect(Collectors.joining(separator));
    }

    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            encoded.append('%').append(String.format(Locale.ROOT, "%02X", b));
        }
        return encoded.toString();
    }

    /** Spellings that a server takes for the path itself, to be crossed with methods. */
    static Map<String, String> accepted(Shape shape) {
        Map<String, String> all = of(shape);
        Map<String, String> accepted = new LinkedHashMap<>();
        List<String> names = shape.isTriedThoroughly() ? EVERYWHERE : List.of("as it is");
        names.forEach(name -> accepted.put(name, Objects.requireNonNull(all.get(name), name)));
        return accepted;
    }
}
