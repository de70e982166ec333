package dev.cardea;

import dev.cardea.declaration.Declarations;
import dev.cardea.token.ScopeTokens;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads policies off annotations: {@link RequiresScope}, {@link RequiresSenderConstrainedToken}, and the standard {@code jakarta.annotation.security} ones by
 * name, since core compiles without Jakarta EE and has to read them for every adapter alike.
 */
final class PolicyAnnotations {
    private static final String SECURITY = "jakarta.annotation.security.";

    private PolicyAnnotations() {}

    static Optional<AccessPolicy> ofClass(Class<?> type) {
        return Optional.ofNullable(add(onClass(type, Kind.ACCESS), onClass(type, Kind.SENDER)));
    }

    /** Who may come in is said by the method, or else by the class; whose token it has to be, by both. */
    static Optional<AccessPolicy> ofMethod(Class<?> type, Method method) {
        AccessPolicy own = onMethod(type, method, Kind.ACCESS);
        AccessPolicy ofClass = own == null || !own.isOpen() ? onClass(type, Kind.SENDER) : null;
        AccessPolicy sender = add(onMethod(type, method, Kind.SENDER), ofClass);
        return Optional.ofNullable(add(own == null ? onClass(type, Kind.ACCESS) : own, sender));
    }

    /** What annotations are about. */
    private enum Kind {
        ACCESS,
        SENDER
    }

    private static @Nullable AccessPolicy onClass(Class<?> type, Kind kind) {
        AccessPolicy policy = null;
        for (Class<?> each : Declarations.of(type)) {
            policy = add(policy, of(each, each.getName(), kind));
        }
        return policy;
    }

    private static @Nullable AccessPolicy onMethod(Class<?> type, Method method, Kind kind) {
        AccessPolicy policy = null;
        for (Method each : Declarations.of(type, method)) {
            policy = add(policy, of(each, each.getDeclaringClass().getName() + "." + each.getName(), kind));
        }
        return policy;
    }

    private static @Nullable AccessPolicy of(AnnotatedElement element, String where, Kind kind) {
        AccessPolicy policy = null;
        for (Annotation annotation : element.getDeclaredAnnotations()) {
            Kind itsKind = annotation instanceof RequiresSenderConstrainedToken ? Kind.SENDER : Kind.ACCESS;
            if (itsKind == kind) {
                policy = add(policy, of(annotation, where));
            }
        }
        return policy;
    }

    private static @Nullable AccessPolicy of(Annotation annotation, String where) {
        if (annotation instanceof RequiresScope scope) {
            return ofScope(scope, where);
        }
        if (annotation instanceof RequiresScope.List scopes) {
            return ofScopes(scopes, where);
        }
        if (annotation instanceof RequiresSenderConstrainedToken bound) {
            return AccessPolicy.senderConstrained(bound.value());
        }
        return switch (annotation.annotationType().getName()) {
            case SECURITY + "PermitAll" -> AccessPolicy.anonymous();
            case SECURITY + "DenyAll" -> AccessPolicy.deny();
            case SECURITY + "RolesAllowed" -> ofRoles(annotation, where);
            default -> null;
        };
    }

    private static AccessPolicy ofScopes(RequiresScope.List scopes, String where) {
        return Stream.of(scopes.value())
                .map(scope -> ofScope(scope, where))
                .reduce(AccessPolicy::and)
                .orElseThrow(() -> new IllegalArgumentException(
                        "@RequiresScope.List on " + where + " is empty: write @RequiresScope instead"));
    }

    private static AccessPolicy ofScope(RequiresScope scope, String where) {
        List<AccessPolicy> parts = new ArrayList<>();
        if (scope.value().length > 0) {
            parts.add(AccessPolicy.allScopes(distinct(scope.value(), where)));
        }
        if (scope.anyOf().length > 0) {
            parts.add(AccessPolicy.anyScope(distinct(scope.anyOf(), where)));
        }
        return parts.stream()
                .reduce(AccessPolicy::and)
                .orElseThrow(() -> new IllegalArgumentException(
                        "@RequiresScope on " + where + " names no scope: give it a value or anyOf"));
    }

    private static String[] distinct(String[] scopes, String where) {
        Set<String> distinct = new LinkedHashSet<>();
        for (String scope : scopes) {
            if (!ScopeTokens.isScopeToken(scope)) {
                throw new IllegalArgumentException("@RequiresScope on " + where + " contains \"" + scope
                        + "\", which is not one scope token: list scopes as {\"a\", \"b\"}, without spaces, quotes or"
                        + " backslashes");
            }
            distinct.add(scope);
        }
        return distinct.toArray(String[]::new);
    }

    /** {@code "**"} is any authenticated caller (Servlet 6.0, 13.8); an empty list is nobody. */
    private static AccessPolicy ofRoles(Annotation rolesAllowed, String where) {
        String[] roles = valueOf(rolesAllowed, where);
        if (roles.length == 0) {
            return AccessPolicy.deny();
        }
        return AccessPolicy.anyRole(roles);
    }

    private static String[] valueOf(Annotation rolesAllowed, String where) {
        try {
            Method value = rolesAllowed.annotationType().getMethod("value");
            return (String[]) value.invoke(rolesAllowed);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("@RolesAllowed on " + where + " cannot be read", e);
        }
    }

    private static @Nullable AccessPolicy add(@Nullable AccessPolicy first, @Nullable AccessPolicy second) {
        if (first == null || second == null) {
            return first == null ? second : first;
        }
        return first.and(second);
    }
}
