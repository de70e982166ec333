package dev.cardea.declaration;

import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A method's name and parameter classes as they are on a given class, type variables resolved: two declarations with
 * the same signature are one method, of which one overrides or implements the other (JLS 8.4.8.1).
 *
 * @param name the method's name
 * @param parameters erased parameter classes after resolution
 */
record MethodSignature(String name, List<Class<?>> parameters) {

    /** The signature of {@code method} when it runs on {@code type}. */
    static MethodSignature of(Class<?> type, Method method) {
        Map<TypeVariable<?>, Type> bindings = new HashMap<>();
        bind(type, bindings);
        List<Class<?>> parameters = new ArrayList<>();
        for (Type parameter : method.getGenericParameterTypes()) {
            parameters.add(erase(parameter, bindings));
        }
        return new MethodSignature(method.getName(), List.copyOf(parameters));
    }

    /** Written out, or a Java 17 would keep this class and its loader after the application has gone (JDK-8078641). */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MethodSignature that && name.equals(that.name) && parameters.equals(that.parameters);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, parameters);
    }

    /** Collects what every supertype's type variables stand for, seen from {@code type}. */
    private static void bind(Class<?> type, Map<TypeVariable<?>, Type> bindings) {
        bind(type.getGenericSuperclass(), bindings);
        for (Type each : type.getGenericInterfaces()) {
            bind(each, bindings);
        }
    }

    private static void bind(@Nullable Type supertype, Map<TypeVariable<?>, Type> bindings) {
        if (supertype instanceof ParameterizedType parameterized
                && parameterized.getRawType() instanceof Class<?> raw) {
            TypeVariable<?>[] variables = raw.getTypeParameters();
            for (int i = 0; i < variables.length; i++) {
                bindings.putIfAbsent(variables[i], parameterized.getActualTypeArguments()[i]);
            }
            bind(raw, bindings);
        } else if (supertype instanceof Class<?> raw) {
            bind(raw, bindings);
        }
    }

    private static Class<?> erase(Type type, Map<TypeVariable<?>, Type> bindings) {
        if (type instanceof Class<?> raw) {
            return raw;
        }
        if (type instanceof ParameterizedType parameterized) {
            return (Class<?>) parameterized.getRawType();
        }
        if (type instanceof GenericArrayType array) {
            return Array.newInstance(erase(array.getGenericComponentType(), bindings), 0)
                    .getClass();
        }
        if (type instanceof WildcardType wildcard) {
            return erase(wildcard.getUpperBounds()[0], bindings);
        }
        TypeVariable<?> variable = (TypeVariable<?>) type;
        Type bound = bindings.get(variable);
        return bound != null && bound != variable ? erase(bound, bindings) : erase(variable.getBounds()[0], bindings);
    }
}
