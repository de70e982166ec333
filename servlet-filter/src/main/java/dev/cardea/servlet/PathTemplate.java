package dev.cardea.servlet;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A JAX-RS path template as a pattern over paths (JAX-RS 3.1, 3.7.3): literals match themselves, {@code {name}} one
 * segment, {@code {name: regex}} its expression.
 *
 * @param pattern matches the whole path below the JAX-RS servlet, with its leading slash
 * @param classLiterals literal characters of the class's template
 * @param literals literal characters of both templates
 */
record PathTemplate(Pattern pattern, int classLiterals, int literals) {

    /** Matches every path and wins over nothing less: stands for a locator whose template cannot be read. */
    static final PathTemplate EVERYTHING =
            new PathTemplate(Pattern.compile(".*", Pattern.DOTALL), Integer.MAX_VALUE, Integer.MAX_VALUE);

    /** The template of a method, which matches the whole path, but for a final slash. Empty if it is none. */
    static Optional<PathTemplate> ofMethod(String classPath, String methodPath) {
        return of(classPath, methodPath, "/?");
    }

    /** The template of a locator, which matches the beginning of a path. Empty if it is none. */
    static Optional<PathTemplate> ofLocator(String classPath, String methodPath) {
        return of(classPath, methodPath, "(?:/.*)?");
    }

    boolean matches(String path) {
        return pattern.matcher(path).matches();
    }

    /**
     * Whether JAX-RS prefers this template to {@code other} whichever way it counts literal characters: those of the
     * class first, as the specification has it, or those of the whole template, as RESTEasy does.
     */
    boolean winsOver(PathTemplate other) {
        boolean byClass =
                classLiterals != other.classLiterals ? classLiterals > other.classLiterals : literals > other.literals;
        return byClass && literals > other.literals;
    }

    /** Empty for a template that is no template; JAX-RS refuses it, too. */
    private static Optional<PathTemplate> of(String classPath, String methodPath, String end) {
        try {
            return Optional.of(compile(classPath, methodPath, end));
        } catch (PatternSyntaxException e) {
            return Optional.empty();
        }
    }

    private static PathTemplate compile(String classPath, String methodPath, String end) {
        StringBuilder regex = new StringBuilder();
        int classLiterals = append(classPath, regex);
        int literals = classLiterals + append(methodPath, regex);
        return new PathTemplate(Pattern.compile(regex.append(end).toString(), Pattern.DOTALL), classLiterals, literals);
    }

    /** Appends {@code /} and the template without its own slashes at the ends; returns its literal characters. */
    private static int append(String template, StringBuilder regex) {
        String trimmed = trimSlashes(template);
        if (trimmed.isEmpty()) {
            return 0;
        }
        regex.append('/');
        int literals = 1;
        int i = 0;
        while (i < trimmed.length()) {
            if (trimmed.charAt(i) == '{') {
                int close = closingBrace(trimmed, i);
                regex.append("(?:")
                        .append(expression(trimmed.substring(i + 1, close)))
                        .append(')');
                i = close + 1;
            } else {
                regex.append(Pattern.quote(trimmed.substring(i, i + 1)));
                literals++;
                i++;
            }
        }
        return literals;
    }

    private static String expression(String variable) {
        int colon = variable.indexOf(':');
        return colon < 0 ? "[^/]+" : variable.substring(colon + 1).trim();
    }

    private static int closingBrace(String template, int open) {
        int depth = 0;
        for (int i = open; i < template.length(); i++) {
            if (template.charAt(i) == '{') {
                depth++;
            } else if (template.charAt(i) == '}' && --depth == 0) {
                return i;
            }
        }
        throw new PatternSyntaxException("unbalanced braces", template, open);
    }

    private static String trimSlashes(String path) {
        int start = 0;
        int end = path.length();
        while (start < end && path.charAt(start) == '/') {
            start++;
        }
        while (end > start && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(start, end);
    }
}
