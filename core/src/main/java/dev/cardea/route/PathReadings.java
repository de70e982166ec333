package dev.cardea.route;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The ways in which somebody behind us might read a path: as sent, decoded once with and without its slashes, without
 * path parameters, with backslashes as slashes, slashes collapsed and dot segments removed, in every combination.
 *
 * <p>A path of plain segments has one reading, itself, and costs no allocation but that of the list. Does not tell which of
 * the readings is right: whoever asks must be content with all of them.
 */
public final class PathReadings {
    /** A reading that no pattern and no template matches: the path cannot be decoded. */
    public static final String UNDECODABLE = "//undecodable";

    private PathReadings() {}

    /** The distinct readings of a raw path, at least one; {@link #UNDECODABLE} is among them if it cannot be decoded. */
    public static Set<String> of(String rawPath) {
        if (isPlain(rawPath)) {
            return Set.of(rawPath);
        }
        Set<String> readings = new LinkedHashSet<>();
        String apart = rawPath.replaceAll("%(?=2[fF]|5[cC])", "%25"); // Undertow decodes all but slashes
        for (String base : List.of(
                rawPath,
                decoded(rawPath),
                decoded(withoutParameters(rawPath)),
                decoded(apart),
                decoded(withoutParameters(apart)))) {
            add(readings, base);
            add(readings, withoutParameters(base));
        }
        return readings;
    }

    private static void add(Set<String> readings, String path) {
        readings.add(path);
        if (path.equals(UNDECODABLE)) {
            return;
        }
        readings.add(normalized(path));
        if (path.indexOf('\\') >= 0) {
            readings.add(normalized(path.replace('\\', '/')));
        }
    }

    /** Letters, digits and marks that mean the same to everybody, in segments that are neither empty nor dots. */
    private static boolean isPlain(String path) {
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '/' || c == '.') {
                boolean segmentBefore = i == 0 || path.charAt(i - 1) == '/';
                if (segmentBefore && i > 0) {
                    return false;
                }
            } else if (!isUnreserved(c)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUnreserved(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '_'
                || c == '~';
    }

    static String withoutParameters(String path) {
        if (path.indexOf(';') < 0) {
            return path;
        }
        StringBuilder kept = new StringBuilder(path.length());
        boolean parameter = false;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            parameter = c == ';' || (parameter && c != '/');
            if (!parameter) {
                kept.append(c);
            }
        }
        return kept.toString();
    }

    private static String normalized(String path) {
        StringBuilder kept = new StringBuilder(path.length());
        int end;
        for (int start = 0; start < path.length(); start = end + 1) {
            int slash = path.indexOf('/', start);
            end = slash < 0 ? path.length() : slash;
            String segment = path.substring(start, end);
            if (segment.equals("..")) {
                kept.setLength(Math.max(0, kept.lastIndexOf("/")));
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                kept.append('/').append(segment);
            }
        }
        boolean directory = path.endsWith("/") || path.endsWith("/.") || path.endsWith("/..");
        return kept.length() == 0 || directory ? kept.append('/').toString() : kept.toString();
    }

    private static String decoded(String path) {
        if (path.indexOf('%') < 0) {
            return path;
        }
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return UNDECODABLE;
        }
    }
}
