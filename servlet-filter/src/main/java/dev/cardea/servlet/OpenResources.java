package dev.cardea.servlet;

import dev.cardea.AccessPolicy;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Which JAX-RS requests may belong to a resource method that is open to the anonymous caller.
 *
 * <p>The filter runs before JAX-RS matches, and what it lets through anonymously meets application code (servlet
 * filters, sub-resource locators) before the JAX-RS half can refuse it. So it lets through only what the resource classes
 * of the deployment prove to be open, and never what a locator that is not itself open might take. The exact decision
 * stays with the JAX-RS half; an open resource that is unknown here just needs a token.
 *
 * <p>Immutable and thread-safe.
 */
final class OpenResources {
    private final List<OpenMethod> methods;
    private final List<PathTemplate> openLocators;
    private final List<PathTemplate> closedLocators;

    private record OpenMethod(String httpMethod, PathTemplate template) {}

    private OpenResources(
            List<OpenMethod> methods, List<PathTemplate> openLocators, List<PathTemplate> closedLocators) {
        this.methods = List.copyOf(methods);
        this.openLocators = List.copyOf(openLocators);
        this.closedLocators = List.copyOf(closedLocators);
    }

    /** No resource is open. */
    static OpenResources none() {
        return new OpenResources(List.of(), List.of(), List.of());
    }

    /**
     * Reads the resource classes and interfaces among {@code types}; what is no resource is skipped.
     *
     * @param openByDefault whether a method without any annotation is open ({@code cardea.access.default=permit})
     */
    static OpenResources of(Collection<Class<?>> types, boolean openByDefault) {
        List<OpenMethod> methods = new ArrayList<>();
        List<PathTemplate> openLocators = new ArrayList<>();
        List<PathTemplate> closedLocators = new ArrayList<>();
        for (Class<?> type : types) {
            String classPath = ResourceAnnotations.pathOfClass(type);
            if (classPath == null) {
                continue;
            }
            for (Method method : type.getMethods()) {
                boolean open = AccessPolicy.declaredOn(type, method)
                        .map(AccessPolicy::isOpen)
                        .orElse(openByDefault);
                String methodPath = ResourceAnnotations.pathOfMethod(type, method);
                String httpMethod = ResourceAnnotations.httpMethod(type, method);
                if (httpMethod != null && open) {
                    PathTemplate.ofMethod(classPath, methodPath == null ? "" : methodPath)
                            .ifPresent(template -> methods.add(new OpenMethod(httpMethod, template)));
                } else if (httpMethod == null && methodPath != null && open) {
                    PathTemplate.ofLocator(classPath, methodPath).ifPresent(openLocators::add);
                } else if (httpMethod == null && methodPath != null) {
                    closedLocators.add(
                            PathTemplate.ofLocator(classPath, methodPath).orElse(PathTemplate.EVERYTHING));
                }
            }
        }
        return new OpenResources(methods, openLocators, closedLocators);
    }

    /**
     * Whether an anonymous request may go on to JAX-RS.
     *
     * @param httpMethod the request method; {@code HEAD} counts as {@code GET}, which it is derived from
     * @param readings the path below the JAX-RS servlet in every way it may be read; each must be open
     */
    boolean mayBeOpen(String httpMethod, Set<String> readings) {
        String effective = "HEAD".equals(httpMethod) ? "GET" : httpMethod;
        return readings.stream().allMatch(path -> mayBeOpen(effective, path));
    }

    private boolean mayBeOpen(String httpMethod, String path) {
        for (OpenMethod method : methods) {
            if (method.httpMethod().equals(httpMethod)
                    && method.template().matches(path)
                    && noLocatorTakes(path, method.template())) {
                return true;
            }
        }
        for (PathTemplate locator : openLocators) {
            if (locator.matches(path) && noLocatorTakes(path, locator)) {
                return true;
            }
        }
        return false;
    }

    private boolean noLocatorTakes(String path, PathTemplate open) {
        for (PathTemplate closed : closedLocators) {
            if (closed.matches(path) && !open.winsOver(closed)) {
                return false;
            }
        }
        return true;
    }
}
