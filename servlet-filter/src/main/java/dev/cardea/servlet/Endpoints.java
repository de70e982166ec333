package dev.cardea.servlet;

import dev.cardea.AccessPolicy;
import dev.cardea.handover.Handover;
import dev.cardea.route.PathPattern;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the servlet that a request reaches, by what the container matched and never by the path, and what it asks for.
 * One entry per servlet of the application; thread-safe.
 */
final class Endpoints {
    private final ServletContext context;
    private final AccessPolicy defaultPolicy;
    private final Map<String, Endpoint> byServletName = new ConcurrentHashMap<>();

    Endpoints(ServletContext context, AccessPolicy defaultPolicy) {
        this.context = context;
        this.defaultPolicy = defaultPolicy;
    }

    /** The endpoint that this dispatch of the request is for. */
    Endpoint of(HttpServletRequest request) {
        HttpServletMapping mapping = mappingOf(request);
        String name = mapping == null ? null : mapping.getServletName();
        return name == null ? unknown() : named(name);
    }

    /** The pattern that the container matched, for the decision event. */
    static String route(HttpServletRequest request) {
        HttpServletMapping mapping = mappingOf(request);
        return mapping == null ? "unmapped" : mapping.getPattern();
    }

    /**
     * Reads what every servlet that is registered now declares.
     *
     * @throws IllegalArgumentException if an annotation cannot work, or if a filter runs JAX-RS: then nobody could tell
     *     which requests are for resources; the message names the class
     */
    void validate() {
        context.getServletRegistrations().forEach(this::resolve);
        context.getFilterRegistrations().forEach(this::requireNoJaxRs);
    }

    private void requireNoJaxRs(String name, FilterRegistration filter) {
        if (JaxRsServlets.isJaxRs(filter, context.getClassLoader())) {
            throw new IllegalArgumentException("The filter \"" + name + "\" (" + filter.getClassName()
                    + ") runs JAX-RS. Map JAX-RS as a servlet instead: @ApplicationPath on the Application class, or"
                    + " <servlet-mapping> in web.xml");
        }
    }

    /** An include keeps the including request's mapping, and carries its own in an attribute (Servlet 6.0, 9.3.1). */
    private static @Nullable HttpServletMapping mappingOf(HttpServletRequest request) {
        if (request.getDispatcherType() == DispatcherType.INCLUDE
                && request.getAttribute(RequestDispatcher.INCLUDE_MAPPING) instanceof HttpServletMapping included) {
            return included;
        }
        return request.getHttpServletMapping();
    }

    /** The endpoint that the servlet of that name is. */
    Endpoint named(String name) {
        Endpoint known = byServletName.get(name);
        if (known != null) {
            return known;
        }
        ServletRegistration registration = context.getServletRegistration(name);
        if (registration == null) {
            return unknown();
        }
        Endpoint resolved = resolve(name, registration);
        byServletName.put(name, resolved);
        return resolved;
    }

    private Endpoint resolve(String name, ServletRegistration registration) {
        if (context.getAttribute(Handover.watched(name)) != null
                || JaxRsServlets.isJaxRs(registration, context.getClassLoader())) {
            return new Endpoint(
                    name, Endpoint.Kind.JAXRS, null, defaultPolicy, mappings(registration), places(registration));
        }
        Class<?> servlet = ApplicationClasses.find(registration.getClassName(), context.getClassLoader());
        AccessPolicy declared =
                servlet == null ? null : AccessPolicy.declaredOn(servlet).orElse(null);
        return new Endpoint(
                name,
                Endpoint.Kind.SERVLET,
                declared,
                declared == null ? defaultPolicy : declared,
                mappings(registration),
                places(registration));
    }

    private List<PathPattern> mappings(ServletRegistration registration) {
        return registration.getMappings().stream()
                .filter(mapping -> mapping.startsWith("/") && mapping.length() > 1)
                .flatMap(mapping -> pattern(context.getContextPath() + mapping).stream())
                .toList();
    }

    private List<String> places(ServletRegistration registration) {
        return registration.getMappings().stream()
                .filter(mapping -> !mapping.startsWith("/") || mapping.length() == 1)
                .map(mapping -> context.getContextPath() + (mapping.startsWith("/") ? mapping : "/" + mapping))
                .toList();
    }

    /** A mapping may hold what no path rule can name; no rule is for it then. */
    private static Optional<PathPattern> pattern(String mapping) {
        try {
            return Optional.of(PathPattern.of(mapping));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Endpoint unknown() {
        return new Endpoint("unknown", Endpoint.Kind.SERVLET, null, defaultPolicy, List.of());
    }
}
