package dev.cardea.servlet;

import dev.cardea.AccessPolicy;
import dev.cardea.deployment.GuardedMethods;
import dev.cardea.deployment.KnownEndpoint;
import dev.cardea.handover.DeployedBeans;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects what can be known at start: servlets by their mappings, JAX-RS methods of the classes that the container shows,
 * WebSocket endpoints, and guarded bean methods. Not known are files and JSPs, sub-resources without an annotation of ours,
 * and what is added later by a program.
 */
final class KnownEndpoints {
    private final ServletContext context;
    private final Endpoints endpoints;
    private final List<KnownEndpoint> found = new ArrayList<>();

    private KnownEndpoints(ServletContext context, Endpoints endpoints) {
        this.context = context;
        this.endpoints = endpoints;
    }

    static List<KnownEndpoint> of(
            ServletContext context, Endpoints endpoints, WebSocketEndpoints webSockets, Collection<Class<?>> classes) {
        KnownEndpoints search = new KnownEndpoints(context, endpoints);
        List<String> resourcePrefixes = search.addServlets();
        classes.forEach(type -> search.addResource(type, resourcePrefixes));
        webSockets.all().forEach(search::add);
        DeployedBeans.guarded().forEach(search::addBean);
        return List.copyOf(search.found);
    }

    /** Returns the paths below which JAX-RS is. */
    private List<String> addServlets() {
        List<String> prefixes = new ArrayList<>();
        for (Map.Entry<String, ? extends ServletRegistration> each :
                context.getServletRegistrations().entrySet()) {
            Endpoint endpoint = endpoints.named(each.getKey());
            for (String mapping : each.getValue().getMappings()) {
                if (endpoint.kind() == Endpoint.Kind.JAXRS) {
                    prefixes.add(context.getContextPath() + mapping.replaceAll("/?\\*$", ""));
                } else {
                    found.add(new KnownEndpoint(
                            KnownEndpoint.ANY, absolute(mapping), "servlet " + each.getKey(), endpoint.declared()));
                }
            }
        }
        return prefixes;
    }

    /** A mapping by extension has no place below the context path. */
    private String absolute(String mapping) {
        return mapping.startsWith("/") || mapping.isEmpty() ? context.getContextPath() + mapping : mapping;
    }

    private void addResource(Class<?> type, List<String> prefixes) {
        if (type.isInterface() || type.isAnnotation()) {
            return;
        }
        String classPath = ResourceAnnotations.pathOfClass(type);
        for (Method method : type.getMethods()) {
            String httpMethod = method.isSynthetic() ? null : ResourceAnnotations.httpMethod(type, method);
            if (httpMethod != null) {
                AccessPolicy declared = AccessPolicy.declaredOn(type, method).orElse(null);
                String name = type.getSimpleName() + "." + method.getName();
                for (String path : paths(prefixes, classPath, ResourceAnnotations.pathOfMethod(type, method))) {
                    found.add(new KnownEndpoint(httpMethod, path, name, declared));
                }
            }
        }
    }

    /** A sub-resource is below whatever locator returns it; without a servlet there is no path either. */
    private static List<String> paths(List<String> prefixes, @Nullable String classPath, @Nullable String methodPath) {
        if (classPath == null || prefixes.isEmpty()) {
            return List.of("");
        }
        String below = slashed(classPath) + slashed(methodPath == null ? "" : methodPath);
        return prefixes.stream().map(prefix -> prefix + below).toList();
    }

    private static String slashed(String template) {
        String trimmed = template.replaceAll("^/+|/+$", "");
        return trimmed.isEmpty() ? "" : "/" + trimmed;
    }

    private void add(WebSocketEndpoints.Declared endpoint) {
        found.add(new KnownEndpoint(
                "GET",
                context.getContextPath() + endpoint.path(),
                "WebSocket " + endpoint.type().getSimpleName(),
                endpoint.policy().orElse(null)));
    }

    private void addBean(Class<?> type) {
        for (Method method : GuardedMethods.of(type)) {
            if (ResourceAnnotations.httpMethod(type, method) == null) {
                AccessPolicy declared = AccessPolicy.declaredOn(type, method).orElse(null);
                String name = type.getSimpleName() + "." + method.getName();
                found.add(new KnownEndpoint(KnownEndpoint.CALL, "", "bean " + name, declared));
            }
        }
    }
}
