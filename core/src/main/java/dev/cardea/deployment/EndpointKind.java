package dev.cardea.deployment;

import dev.cardea.declaration.Declarations;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Whether anybody asks for the annotations of a class when a request comes in. Jakarta types are known by name: core
 * compiles without them, and a container may lack them.
 */
enum EndpointKind {
    SERVLET,
    RESOURCE,
    WEBSOCKET,
    /** A bean whose methods Cardea's interceptor stands in front of. */
    BEAN,
    NONE;

    private static final String JAXRS = "jakarta.ws.rs.";
    private static final Set<String> EJB =
            Set.of("jakarta.ejb.Stateless", "jakarta.ejb.Stateful", "jakarta.ejb.Singleton");

    /** What the container makes and calls by itself, past the interceptors of a bean of that class. */
    private static final Set<String> CALLED_BY_CONTAINERS = Set.of(
            "jakarta.servlet.Filter",
            "java.util.EventListener",
            "jakarta.ws.rs.core.Application",
            "jakarta.enterprise.inject.spi.Extension");

    private static final Set<String> NO_BUSINESS = Set.of(
            "jakarta.interceptor.Interceptor",
            "jakarta.decorator.Decorator",
            "jakarta.ws.rs.ext.Provider",
            "jakarta.ejb.MessageDriven");

    /** As {@link #of(Class)}, for a class that may be one of these beans. */
    static EndpointKind of(Class<?> type, Collection<Class<?>> beans) {
        EndpointKind kind = of(type);
        return kind == NONE && beans.contains(type) && mayBeIntercepted(type) ? BEAN : kind;
    }

    /** Whether a bean of this class, if there is one, is called by application code. */
    static boolean mayBeIntercepted(Class<?> type) {
        Set<Class<?>> declarations = Declarations.of(type);
        return declarations.stream().noneMatch(each -> CALLED_BY_CONTAINERS.contains(each.getName()))
                && declarations.stream()
                        .noneMatch(each -> isAnnotatedWithAny(NO_BUSINESS, each.getDeclaredAnnotations()));
    }

    /** Root and sub-resource classes alike; the mark may stand on a supertype. */
    static EndpointKind of(Class<?> type) {
        Set<Class<?>> declarations = Declarations.of(type);
        if (declarations.stream().anyMatch(each -> each.getName().equals("jakarta.servlet.Servlet"))) {
            return SERVLET;
        }
        if (isAnnotatedWith("jakarta.websocket.server.ServerEndpoint", type.getDeclaredAnnotations())) {
            return WEBSOCKET;
        }
        return declarations.stream().anyMatch(EndpointKind::hasResourceMark) ? RESOURCE : NONE;
    }

    private static boolean hasResourceMark(Class<?> type) {
        if (isAnnotatedWithPath(type.getDeclaredAnnotations())) {
            return true;
        }
        for (Method method : type.getDeclaredMethods()) {
            Annotation[] annotations = method.getDeclaredAnnotations();
            if (isAnnotatedWithPath(annotations) || isAnnotatedWithHttpMethod(annotations)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the method runs for a request of its own, seen from {@code type}. */
    static boolean isResourceMethod(Class<?> type, Method method) {
        return declarations(type, method).stream()
                .anyMatch(each -> isAnnotatedWithHttpMethod(each.getDeclaredAnnotations()));
    }

    /** Whether the method hands out the object that JAX-RS goes on matching at (Jakarta REST 3.1, 3.4.1). */
    static boolean isLocator(Class<?> type, Method method) {
        return !isResourceMethod(type, method)
                && declarations(type, method).stream()
                        .anyMatch(each -> isAnnotatedWithPath(each.getDeclaredAnnotations()));
    }

    /** Whether another container enforces the standard security annotations on every call of the class. */
    static boolean isEnterpriseBean(Class<?> type) {
        return isAnnotatedWithAny(EJB, type.getDeclaredAnnotations());
    }

    private static boolean isAnnotatedWithAny(Set<String> names, Annotation[] annotations) {
        for (Annotation annotation : annotations) {
            if (names.contains(annotation.annotationType().getName())) {
                return true;
            }
        }
        return false;
    }

    private static List<Method> declarations(Class<?> type, Method method) {
        return Declarations.of(type, method);
    }

    private static boolean isAnnotatedWithPath(Annotation[] annotations) {
        return isAnnotatedWith(JAXRS + "Path", annotations);
    }

    private static boolean isAnnotatedWithHttpMethod(Annotation[] annotations) {
        for (Annotation annotation : annotations) {
            if (isAnnotatedWith(
                    JAXRS + "HttpMethod", annotation.annotationType().getDeclaredAnnotations())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAnnotatedWith(String name, Annotation[] annotations) {
        return isAnnotatedWithAny(Set.of(name), annotations);
    }
}
