package dev.cardea.declaration;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Every place at which a class or a method is declared.
 *
 * <p>JAX-RS implementations disagree on whether they hand out the interface's method or the class's (RESTEasy the
 * former, Jersey the latter). Reading annotations off just one of them is a bypass.
 */
public final class Declarations {
    private Declarations() {}

    /** {@code type}, its superclasses without {@code Object}, and every interface of any of them, in that order. */
    public static Set<Class<?>> of(Class<?> type) {
        return TypeHierarchy.of(type);
    }

    /**
     * Every declaration of {@code method} as it is on {@code type}, generics resolved: the class's own first, then those
     * that it overrides or implements. Bridge methods are left out, since the bridged method is there.
     *
     * @param type the class that is instantiated
     * @param method any declaration of the method
     */
    public static List<Method> of(Class<?> type, Method method) {
        MethodSignature signature = MethodSignature.of(type, method);
        List<Method> declarations = new ArrayList<>();
        for (Class<?> each : TypeHierarchy.of(type)) {
            for (Method candidate : each.getDeclaredMethods()) {
                if (isOverridable(candidate)
                        && candidate.getName().equals(signature.name())
                        && MethodSignature.of(type, candidate).equals(signature)) {
                    declarations.add(candidate);
                }
            }
        }
        return declarations;
    }

    private static boolean isOverridable(Method method) {
        int modifiers = method.getModifiers();
        return !method.isSynthetic() && !Modifier.isStatic(modifiers) && !Modifier.isPrivate(modifiers);
    }
}
