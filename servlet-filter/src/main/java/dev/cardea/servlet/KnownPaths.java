package dev.cardea.servlet;

import dev.cardea.deployment.KnownEndpoint;
import dev.cardea.route.PathPattern;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The paths that a rule may be for: those of servlets, and of JAX-RS resources as far as their classes are known. Where none
 * is known below a JAX-RS servlet, anything there counts; so does anything below a sub-resource locator, and from a regular
 * expression in a template on, since what it matches cannot be told.
 */
final class KnownPaths {
    private final Set<PathPattern> paths = new HashSet<>();

    private KnownPaths() {}

    static Set<PathPattern> of(
            ServletContext context, Endpoints endpoints, List<KnownEndpoint> known, Collection<Class<?>> classes) {
        KnownPaths search = new KnownPaths();
        for (String name : context.getServletRegistrations().keySet()) {
            Endpoint endpoint = endpoints.named(name);
            if (endpoint.kind() == Endpoint.Kind.JAXRS) {
                search.addResources(context.getServletRegistration(name), context.getContextPath(), known, classes);
            } else {
                search.paths.addAll(endpoint.mappings());
            }
        }
        known.stream()
                .filter(KnownEndpoint::hasPath)
                .filter(each -> each.name().startsWith("WebSocket "))
                .forEach(each -> search.add(each.path(), ""));
        return Set.copyOf(search.paths);
    }

    private void addResources(
            ServletRegistration servlet, String contextPath, List<KnownEndpoint> known, Collection<Class<?>> classes) {
        for (String mapping : servlet.getMappings()) {
            String prefix = contextPath + mapping.replaceAll("/?\\*$", "");
            int before = paths.size();
            known.stream()
                    .filter(each ->
                            each.path().startsWith(prefix + "/") || each.path().equals(prefix))
                    .filter(each -> !each.name().startsWith("servlet "))
                    .forEach(each -> add(each.path(), ""));
            classes.forEach(type -> addLocators(type, prefix));
            if (paths.size() == before) {
                add(prefix, "/*");
            }
        }
    }

    private void addLocators(Class<?> type, String prefix) {
        String classPath = ResourceAnnotations.pathOfClass(type);
        if (classPath == null || type.isAnnotation()) {
            return;
        }
        for (Method method : type.getMethods()) {
            String methodPath = ResourceAnnotations.pathOfMethod(type, method);
            if (methodPath != null && ResourceAnnotations.httpMethod(type, method) == null) {
                add(prefix + "/" + classPath + "/" + methodPath, "/*");
            }
        }
    }

    private void add(String template, String end) {
        pattern(template, end).ifPresent(paths::add);
    }

    /** As far as it can be told: behind a regular expression or a part of a segment, everything. */
    static Optional<PathPattern> pattern(String template, String end) {
        StringBuilder pattern = new StringBuilder();
        for (String segment : template.split("/", -1)) {
            if (segment.isEmpty()) {
                continue;
            }
            boolean whole = segment.startsWith("{") && segment.indexOf('}') == segment.length() - 1;
            if (segment.indexOf('{') >= 0 && (!whole || segment.indexOf(':') >= 0)) {
                return parsed(pattern + "/*");
            }
            pattern.append('/').append(whole ? "{any}" : segment);
        }
        return parsed(pattern.length() == 0 ? "/" + end.replaceFirst("^/", "") : pattern + end);
    }

    /** A template may hold what no rule can name. */
    private static Optional<PathPattern> parsed(String text) {
        try {
            return Optional.of(PathPattern.of(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
