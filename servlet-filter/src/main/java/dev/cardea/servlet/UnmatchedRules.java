package dev.cardea.servlet;

import dev.cardea.route.PathPattern;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Path rules that are for nothing in an application: whoever wrote one believes that something is protected, so the
 * deployment has to fail.
 *
 * <p>A rule is for something if its path may be one of {@link KnownPaths}, or if there is a file. Does not find a rule whose
 * path lies below that of a servlet with {@code /*} and that the servlet does not know.
 */
final class UnmatchedRules {
    private final ServletContext context;
    private final Set<PathPattern> endpoints;

    /** @param endpoints the paths of everything but files, context path included */
    UnmatchedRules(ServletContext context, Set<PathPattern> endpoints) {
        this.context = context;
        this.endpoints = Set.copyOf(endpoints);
    }

    /**
     * Requires each rule to be for something.
     *
     * @param rules the paths of the rules by their names
     * @throws IllegalArgumentException naming every rule that is not, with what to do about it
     */
    void require(Map<String, String> rules) {
        List<String> problems = new ArrayList<>();
        rules.forEach((name, path) -> {
            PathPattern pattern = PathPattern.of(path);
            if (!pattern.overlaps(application())) {
                problems.add(
                        "cardea.routes." + name + ".path: " + path + " is outside of this application, which is at \""
                                + context.getContextPath() + "/\"; write the path with that in front");
            } else if (!isForSomething(pattern)) {
                problems.add(
                        "cardea.routes." + name + ".path: " + path + " is for nothing in this application: no servlet,"
                                + " resource or file is known there; correct the path, remove the rule, or, for resources"
                                + " that a program registers, write a rule for a path above them");
            }
        });
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    "path rules that would protect nothing:\n  " + String.join("\n  ", problems));
        }
    }

    private PathPattern application() {
        return PathPattern.of(context.getContextPath() + "/*");
    }

    private boolean isForSomething(PathPattern rule) {
        return endpoints.stream().anyMatch(rule::overlaps) || isAboveTheRoot(rule) || isByExtension() || isFile(rule);
    }

    /** {@code /app/*} is for whatever there may be. */
    private boolean isAboveTheRoot(PathPattern rule) {
        return rule.matches(context.getContextPath() + "/")
                && !rule.equals(PathPattern.of(context.getContextPath() + "/"));
    }

    /** A servlet that is mapped to *.do may be anywhere. Pages are files. */
    private boolean isByExtension() {
        return context.getServletRegistrations().values().stream()
                .map(ServletRegistration::getMappings)
                .flatMap(mappings -> mappings.stream())
                .anyMatch(mapping -> mapping.startsWith("*.") && !mapping.startsWith("*.jsp"));
    }

    private boolean isFile(PathPattern rule) {
        if (!(rule.prefix() + "/").startsWith(context.getContextPath() + "/")) {
            return false; // a variable stands for the context path; which files it is for cannot be told
        }
        String below = rule.prefix().substring(context.getContextPath().length());
        int variable = below.indexOf("/{}");
        String path = variable < 0 ? below : below.substring(0, variable);
        String directory = path.endsWith("/") ? path : path + "/";
        Set<String> files = context.getResourcePaths(directory.startsWith("/") ? directory : "/" + directory);
        return (files != null && !files.isEmpty()) || (variable < 0 && isResource(path));
    }

    private boolean isResource(String path) {
        Set<String> siblings = context.getResourcePaths(path.substring(0, path.lastIndexOf('/') + 1));
        return siblings != null && siblings.contains(path);
    }
}
