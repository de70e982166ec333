package dev.cardea.jaxrs;

import dev.cardea.AccessPolicy;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a resource method asks for, found once for each way in which it is reached.
 *
 * <p>The method comes from the container, which may name the interface's declaration or the class's; the class comes from
 * the object that was matched, which may be a proxy of it, and from the container. Whatever is declared on any of them
 * counts. A sub-resource adds to what the classes declare that it was reached through, and never weakens it.
 *
 * <p>Bounded by the number of resource methods and ways to them; thread-safe.
 */
final class ResourcePolicies {
    private final Map<Reached, AccessPolicy> policies = new ConcurrentHashMap<>();

    /** A method, the classes that it runs on, and those that it was reached through. */
    private record Reached(Method method, List<Class<?>> on, List<Class<?>> through) {}

    /**
     * The policy for one request; nobody, where the container does not say what it will run.
     *
     * @param matched the matched resource objects, innermost first, as {@code UriInfo} gives them
     * @param resource what the container will run
     */
    AccessPolicy of(List<Object> matched, @Nullable ResourceInfo resource, AccessPolicy defaultPolicy) {
        Method method = resource == null ? null : resource.getResourceMethod();
        Class<?> resourceClass = resource == null ? null : resource.getResourceClass();
        if (method == null || resourceClass == null) {
            return AccessPolicy.deny();
        }
        List<Class<?>> on = new ArrayList<>(List.of(resourceClass));
        List<Class<?>> through = new ArrayList<>();
        for (Object each : matched) {
            boolean runsHere = through.isEmpty()
                    && on.size() == 1
                    && method.getDeclaringClass().isInstance(each);
            (runsHere ? on : through).add(each.getClass());
        }
        return policies.computeIfAbsent(new Reached(method, on, through), reached -> find(reached, defaultPolicy));
    }

    private static AccessPolicy find(Reached reached, AccessPolicy defaultPolicy) {
        Optional<AccessPolicy> own = reached.on().stream()
                .map(type -> AccessPolicy.declaredOn(type, reached.method()))
                .flatMap(Optional::stream)
                .reduce(AccessPolicy::and);
        return reached.through().stream()
                .map(AccessPolicy::declaredOn)
                .flatMap(Optional::stream)
                .reduce(own.orElse(defaultPolicy), AccessPolicy::and);
    }
}
