package dev.cardea.servlet;

import dev.cardea.AccessPolicy;
import dev.cardea.route.PathReadings;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What WebSocket endpoints ask of whoever opens them. The opening handshake is a {@code GET} request that the container takes
 * away behind the filters (RFC 6455 4.1), whatever servlet it was mapped to; so what the endpoint's class declares is added
 * to what that servlet asks for.
 *
 * <p>By the path alone, in any way in which it may be read: which header makes a handshake of a request is the container's
 * to say. It adds and never opens, since the same path may be that of a file. Immutable and thread-safe.
 */
final class WebSocketEndpoints {
    private static final String SERVER_ENDPOINT = "jakarta.websocket.server.ServerEndpoint";

    private final List<Declared> endpoints;
    private final AccessPolicy defaultPolicy;

    /** One endpoint class. */
    record Declared(Class<?> type, String path, PathTemplate template, Optional<AccessPolicy> policy) {}

    private WebSocketEndpoints(List<Declared> endpoints, AccessPolicy defaultPolicy) {
        this.endpoints = List.copyOf(endpoints);
        this.defaultPolicy = defaultPolicy;
    }

    /**
     * Reads the endpoint classes among {@code types}; what is none is skipped.
     *
     * @param defaultPolicy what is asked for where an endpoint is behind a servlet that is open to everybody
     */
    static WebSocketEndpoints of(Collection<Class<?>> types, String contextPath, AccessPolicy defaultPolicy) {
        List<Declared> endpoints = new ArrayList<>();
        for (Class<?> type : types) {
            String path = pathOf(type);
            if (path != null) {
                PathTemplate template = PathTemplate.ofMethod(contextPath, path).orElse(PathTemplate.EVERYTHING);
                Optional<AccessPolicy> policy =
                        AccessPolicy.declaredOn(type).map(declared -> declared.forEndpoint(type.getSimpleName()));
                endpoints.add(new Declared(type, path, template, policy));
            }
        }
        return new WebSocketEndpoints(endpoints, defaultPolicy);
    }

    List<Declared> all() {
        return endpoints;
    }

    /** The servlet that the request was mapped to, asking also for what an endpoint at that path asks for. */
    Endpoint with(Endpoint mapped, HttpServletRequest request) {
        if (endpoints.isEmpty() && !mayBeHandshake(request)) {
            return mapped;
        }
        AccessPolicy asked = askedFor(request);
        if (asked == null
                && mayBeHandshake(request)
                && (mapped.declared() != null || mapped.kind() == Endpoint.Kind.JAXRS)) {
            asked = defaultPolicy;
        }
        return asked == null ? mapped : mapped.askingAlso(asked);
    }

    private @Nullable AccessPolicy askedFor(HttpServletRequest request) {
        AccessPolicy asked = null;
        Set<String> readings = endpoints.isEmpty() ? Set.of() : readings(request);
        for (Declared endpoint : endpoints) {
            AccessPolicy policy = endpoint.policy().orElse(null);
            if (policy != null && !policy.isOpen() && readings.stream().anyMatch(endpoint.template()::matches)) {
                asked = asked == null ? policy : asked.and(policy);
            }
        }
        return asked;
    }

    private static Set<String> readings(HttpServletRequest request) {
        Set<String> readings = new LinkedHashSet<>(PathReadings.of(request.getRequestURI()));
        String info = request.getPathInfo();
        readings.add(request.getContextPath() + request.getServletPath() + (info == null ? "" : info));
        return readings;
    }

    /** No container takes a request away without this field, or without this method over HTTP/2 (RFC 8441 4). */
    private static boolean mayBeHandshake(HttpServletRequest request) {
        return "CONNECT".equals(request.getMethod())
                || Collections.list(request.getHeaders("Upgrade")).stream()
                        .anyMatch(field -> field.toLowerCase(Locale.ROOT).contains("websocket"));
    }

    private static @Nullable String pathOf(Class<?> type) {
        for (Annotation annotation : type.getDeclaredAnnotations()) {
            if (annotation.annotationType().getName().equals(SERVER_ENDPOINT)) {
                try {
                    return (String)
                            annotation.annotationType().getMethod("value").invoke(annotation);
                } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
                    throw new IllegalStateException("@ServerEndpoint on " + type.getName() + " cannot be read", e);
                }
            }
        }
        return null;
    }
}
