package dev.cardea.deployment;

import dev.cardea.AccessPolicy;
import dev.cardea.RequiresScope;
import dev.cardea.declaration.Declarations;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The methods of a bean class that an interceptor has to stand in front of, since they ask something of their caller.
 *
 * <p>An enterprise bean's standard annotations are left to its container, as long as {@link RequiresScope} does not stand
 * beside them. Methods that no interceptor can stand in front of are left out; {@link AnnotationProblems} reports them.
 */
public final class GuardedMethods {
    private static final String SECURITY = "jakarta.annotation.security.";
    private static final Set<String> STANDARD =
            Set.of(SECURITY + "PermitAll", SECURITY + "DenyAll", SECURITY + "RolesAllowed");

    private GuardedMethods() {}

    /**
     * Every declaration of each such method, in the class, its superclasses and its interfaces.
     *
     * @return empty if the class is no bean that application code calls, or cannot be read, or an annotation in it cannot
     *     work
     */
    public static Set<Method> of(Class<?> type) {
        try {
            return declaresAnything(type) && isCallable(type) ? find(type) : Set.of();
        } catch (LinkageError | IllegalArgumentException e) {
            return Set.of(); // reported by AnnotationProblems, all of them together
        }
    }

    private static boolean isCallable(Class<?> type) {
        EndpointKind kind = EndpointKind.of(type);
        return !type.isInterface()
                && !type.isAnnotation()
                && !Modifier.isFinal(type.getModifiers())
                && (kind == EndpointKind.RESOURCE || kind == EndpointKind.NONE)
                && EndpointKind.mayBeIntercepted(type);
    }

    private static boolean declaresAnything(Class<?> type) {
        boolean enterprise = EndpointKind.isEnterpriseBean(type);
        for (Class<?> each : Declarations.of(type)) {
            if (declares(each, enterprise)) {
                return true;
            }
            for (Method method : each.getDeclaredMethods()) {
                if (declares(method, enterprise)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean declares(AnnotatedElement element, boolean enterprise) {
        for (Annotation annotation : element.getDeclaredAnnotations()) {
            if (OwnAnnotations.isOne(annotation)
                    || (!enterprise
                            && STANDARD.contains(annotation.annotationType().getName()))) {
                return true;
            }
        }
        return false;
    }

    private static Set<Method> find(Class<?> type) {
        boolean resource = EndpointKind.of(type) == EndpointKind.RESOURCE;
        Set<Method> guarded = new LinkedHashSet<>();
        for (Class<?> each : Declarations.of(type)) {
            for (Method method : each.getDeclaredMethods()) {
                boolean decidedLater = resource && EndpointKind.isLocator(type, method);
                if (Interceptable.is(method)
                        && !decidedLater
                        && AccessPolicy.declaredOn(type, method).isPresent()) {
                    guarded.add(method);
                }
            }
        }
        return guarded;
    }
}
