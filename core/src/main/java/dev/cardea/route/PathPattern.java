package dev.cardea.route;

import java.util.ArrayList;
import java.util.List;

/**
 * The path of a rule: what clients see, context path and servlet path included. {@code /shop/orders} is that path and
 * {@code /shop/orders/}; <code>{id}</code> is exactly one segment, whatever it holds; a final {@code /*} is the path before it
 * and everything below.
 *
 * <p>Case-sensitive. Ordered by how specific a pattern is: segments are compared from the left, a written one comes before
 * <code>{}</code>, that before {@code /*}, and a longer pattern before a shorter one. Patterns that compare as equal match
 * the same paths. Immutable and thread-safe.
 */
public final class PathPattern implements Comparable<PathPattern> {
    private static final String ANY = "{}";

    private final String text;
    private final List<String> segments;
    private final boolean open;

    private PathPattern(String text, List<String> segments, boolean open) {
        this.text = text;
        this.segments = List.copyOf(segments);
        this.open = open;
    }

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException if it is none; the message says why, to follow the pattern in a sentence
     */
    public static PathPattern of(String text) {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException("does not begin with a slash");
        }
        boolean open = text.endsWith("/*");
        String rest = open ? text.substring(0, text.length() - 2) : text;
        List<String> segments = new ArrayList<>();
        int end;
        for (int start = 1; start <= rest.length(); start = end + 1) {
            end = endOfSegment(rest, start);
            String segment = rest.substring(start, end);
            boolean last = end == rest.length();
            if (segment.isEmpty() && last && !open) {
                break; // the root, or a final slash, which means nothing
            }
            segments.add(segment(segment));
        }
        return new PathPattern(text, segments, open);
    }

    private static String segment(String text) {
        if (text.startsWith("{") && text.endsWith("}") && text.indexOf('}') == text.length() - 1) {
            return ANY;
        }
        if (text.isEmpty() || text.equals(".") || text.equals("..")) {
            throw new IllegalArgumentException("has an empty segment or a dot segment");
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ("*{}".indexOf(c) >= 0) {
                throw new IllegalArgumentException("has \"" + c + "\" inside a segment: {name} stands for one whole"
                        + " segment, /* at the end for everything below");
            }
            if (c <= ' ' || "%;?#\\".indexOf(c) >= 0) {
                throw new IllegalArgumentException("has a character that no decoded path has: write it decoded, without"
                        + " query and parameters");
            }
        }
        return text;
    }

    /** Whether a path, read in one way, is one of the pattern's. */
    public boolean matches(String path) {
        int start = 1;
        for (String segment : segments) {
            if (start > path.length()) {
                return false;
            }
            int end = endOfSegment(path, start);
            boolean fits = segment.equals(ANY)
                    ? end > start
                    : segment.length() == end - start && path.startsWith(segment, start);
            if (!fits) {
                return false;
            }
            start = end + 1;
        }
        return open || start >= path.length();
    }

    /** Whether some path is one of both patterns. */
    public boolean overlaps(PathPattern other) {
        int common = Math.min(segments.size(), other.segments.size());
        for (int i = 0; i < common; i++) {
            String mine = segments.get(i);
            String its = other.segments.get(i);
            if (!mine.equals(its) && !mine.equals(ANY) && !its.equals(ANY)) {
                return false;
            }
        }
        return (segments.size() <= other.segments.size() || other.open)
                && (other.segments.size() <= segments.size() || open);
    }

    /** The path before {@code /*}, or all of it. */
    public String prefix() {
        return "/" + String.join("/", segments);
    }

    private static int endOfSegment(String path, int start) {
        int slash = path.indexOf('/', start);
        return slash < 0 ? path.length() : slash;
    }

    @Override
    public int compareTo(PathPattern other) {
        int common = Math.min(segments.size(), other.segments.size());
        for (int i = 0; i < common; i++) {
            int order = compare(segments.get(i), other.segments.get(i));
            if (order != 0) {
                return order;
            }
        }
        if (segments.size() != other.segments.size()) {
            return segments.size() > other.segments.size() ? -1 : 1;
        }
        return Boolean.compare(open, other.open);
    }

    private static int compare(String mine, String its) {
        boolean any = mine.equals(ANY);
        return any == its.equals(ANY) ? mine.compareTo(its) : (any ? 1 : -1);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PathPattern that && compareTo(that) == 0;
    }

    @Override
    public int hashCode() {
        return segments.hashCode() * 2 + (open ? 1 : 0);
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
