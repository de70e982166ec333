package dev.cardea.deployment;

import dev.cardea.declaration.Declarations;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Optional;
import java.util.Set;

/** Whether an interceptor can stand in front of a bean's method (CDI 4.0, 2.3.1 and 3.11; Jakarta Interceptors 2.1, 2.3). */
final class Interceptable {
    private static final Set<String> CALLBACKS = Set.of(
            "jakarta.annotation.PostConstruct",
            "jakarta.annotation.PreDestroy",
            "jakarta.interceptor.AroundInvoke",
            "jakarta.interceptor.AroundTimeout",
            "jakarta.interceptor.AroundConstruct",
            "jakarta.inject.Inject");

    private Interceptable() {}

    static boolean is(Method method) {
        return !method.isSynthetic() && obstacle(method).isEmpty();
    }

    /** Why not, as the end of a sentence; empty if nothing stands in the way. */
    static Optional<String> obstacle(Method method) {
        int modifiers = method.getModifiers();
        if (Modifier.isPrivate(modifiers) || Modifier.isStatic(modifiers) || Modifier.isFinal(modifiers)) {
            return Optional.of(
                    "a private, static or final method of a bean cannot be intercepted; make it none of these, or"
                            + " annotate the method that calls it");
        }
        for (Annotation annotation : method.getDeclaredAnnotations()) {
            if (CALLBACKS.contains(annotation.annotationType().getName())) {
                return Optional.of(
                        "the container calls it while it makes or removes the bean, for nobody's request; annotate"
                                + " the methods that do the work");
            }
        }
        return Optional.empty();
    }

    /** A method that is not covered by what the class declares, since it is final; empty if there is none. */
    static Optional<Method> finalMethodOf(Class<?> type) {
        for (Class<?> each : Declarations.of(type)) {
            for (Method method : each.getDeclaredMethods()) {
                int modifiers = method.getModifiers();
                if (Modifier.isFinal(modifiers)
                        && !method.isSynthetic()
                        && !Modifier.isPrivate(modifiers)
                        && !Modifier.isStatic(modifiers)) {
                    return Optional.of(method);
                }
            }
        }
        return Optional.empty();
    }
}
