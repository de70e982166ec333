package dev.cardea.cdi;

import dev.cardea.AccessPolicy;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What bean methods ask for, found once for each class that they run on. The class is often one that the container made:
 * then it extends the one that somebody wrote, whose declarations count. Thread-safe; goes when a class goes.
 */
final class CallPolicies {
    private static final ClassValue<Map<Method, Optional<AccessPolicy>>> BY_CLASS = new ClassValue<>() {
        @Override
        protected Map<Method, Optional<AccessPolicy>> computeValue(Class<?> type) {
            return new ConcurrentHashMap<>();
        }
    };

    private CallPolicies() {}

    /** The policy, which names the method; empty if nothing is declared. */
    static Optional<AccessPolicy> of(Class<?> type, Method method) {
        return BY_CLASS.get(type).computeIfAbsent(method, key -> AccessPolicy.declaredOn(type, key)
                .map(policy -> policy.forEndpoint(key.getDeclaringClass().getSimpleName() + "." + key.getName())));
    }
}
