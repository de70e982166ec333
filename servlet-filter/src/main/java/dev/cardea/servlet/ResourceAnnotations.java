package dev.cardea.servlet;

import dev.cardea.declaration.Declarations;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** JAX-RS annotations, read by name: a servlet container without JAX-RS has no such classes. */
final class ResourceAnnotations {
    private static final String JAXRS = "jakarta.ws.rs.";

    private ResourceAnnotations() {}

    static @Nullable String pathOfClass(Class<?> type) {
        for (Class<?> each : Declarations.of(type)) {
            String path = path(each.getDeclaredAnnotations());
            if (path != null) {
                return path;
            }
        }
        return null;
    }

    static @Nullable String pathOfMethod(Class<?> type, Method method) {
        for (Method each : Declarations.of(type, method)) {
            String path = path(each.getDeclaredAnnotations());
            if (path != null) {
                return path;
            }
        }
        return null;
    }

    private static @Nullable String path(Annotation[] annotations) {
        for (Annotation annotation : annotations) {
            if (annotation.annotationType().getName().equals(JAXRS + "Path")) {
                return value(annotation);
            }
        }
        return null;
    }

    static @Nullable String httpMethod(Class<?> type, Method method) {
        for (Method each : Declarations.of(type, method)) {
            for (Annotation annotation : each.getDeclaredAnnotations()) {
                for (Annotation meta : annotation.annotationType().getDeclaredAnnotations()) {
                    if (meta.annotationType().getName().equals(JAXRS + "HttpMethod")) {
                        return value(meta);
                    }
                }
            }
        }
        return null;
    }

    private static String value(Annotation annotation) {
        try {
            return (String) annotation.annotationType().getMethod("value").invoke(annotation);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(annotation.annotationType().getName() + " cannot be read", e);
        }
    }
}
