package dev.cardea.jaxrs;

import dev.cardea.AccessPolicy;
import dev.cardea.PathRule;
import dev.cardea.declaration.Declarations;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a resource method asks for, found once for each way in which it is reached.
 *
 * <p>The method comes from the container, which may name the interface's declaration or the class's; the class comes from
 * the object that was matched, which may be a proxy of it, and from the container. Whatever is declared on any of them
 * counts. A sub-resource adds to what the classes declare that it was reached through, and never weakens it.
 *
 * <p>A sub-resource may be a proxy of an interface only (an enterprise bean's local view, a CDI bean typed by its
 * interface), which hides the class that runs. Then every annotated class of the application that may be behind it counts;
 * and where nothing that can be seen declares anything, nobody may come in.
 *
 * <p>Bounded by the number of resource methods and ways to them; thread-safe.
 */
final class ResourcePolicies {
    private static final System.Logger LOG = System.getLogger("dev.cardea.jaxrs");

    /**
     * What is declared.
     *
     * @param alone where no path rule holds: never without the default, where the method itself declares nothing
     * @param besideRule what adds to a path rule
     */
    record Policies(AccessPolicy alone, AccessPolicy besideRule) {
        private static final Policies NOBODY = new Policies(AccessPolicy.deny(), AccessPolicy.deny());

        AccessPolicy under(PathRule rule) {
            return rule.isAbsent() ? alone : besideRule;
        }
    }

    private final Map<Reached, Policies> policies = new ConcurrentHashMap<>();

    /** A method, the classes that it runs on, and those that it was reached through. */
    private record Reached(Method method, List<Class<?>> on, Set<Class<?>> through) {

        /** Written out, or a Java 17 would keep this class and its loader after the application has gone (JDK-8078641). */
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Reached that
                    && method.equals(that.method)
                    && on.equals(that.on)
                    && through.equals(that.through);
        }

        @Override
        public int hashCode() {
            return Objects.hash(method, on, through);
        }
    }

    /**
     * The policy for one request; nobody, where the container does not say what it will run.
     *
     * @param matched the matched resource objects, innermost first, as {@code UriInfo} gives them
     * @param resource what the container will run
     * @param annotated the application's classes that declare something, as far as known
     */
    Policies of(
            List<Object> matched,
            @Nullable ResourceInfo resource,
            AccessPolicy defaultPolicy,
            Supplier<Collection<Class<?>>> annotated) {
        Method method = resource == null ? null : resource.getResourceMethod();
        Class<?> resourceClass = resource == null ? null : resource.getResourceClass();
        if (method == null || resourceClass == null) {
            return Policies.NOBODY;
        }
        List<Class<?>> on = new ArrayList<>(List.of(resourceClass));
        // A set: a client chooses how often it goes through a recursive sub-resource.
        Set<Class<?>> through = new HashSet<>();
        for (Object each : matched) {
            boolean runsHere = through.isEmpty()
                    && on.size() == 1
                    && method.getDeclaringClass().isInstance(each);
            (runsHere ? on : through).add(each.getClass());
        }
        return policies.computeIfAbsent(
                new Reached(method, on, through), reached -> find(reached, defaultPolicy, annotated));
    }

    private static Policies find(
            Reached reached, AccessPolicy defaultPolicy, Supplier<Collection<Class<?>>> annotated) {
        boolean hidden = reached.on().stream().noneMatch(type -> isSeenToImplement(type, reached.method()));
        Stream<Class<?>> mayRun = hidden
                ? annotated.get().stream()
                        .filter(type -> !type.isInterface())
                        .filter(type -> isOfAnInterfaceOf(reached, type))
                : Stream.of();
        Optional<AccessPolicy> own = Stream.concat(reached.on().stream(), mayRun)
                .map(type -> AccessPolicy.declaredOn(type, reached.method()))
                .flatMap(Optional::stream)
                .reduce(AccessPolicy::and);
        Optional<AccessPolicy> through = reached.through().stream()
                .map(AccessPolicy::declaredOn)
                .flatMap(Optional::stream)
                .reduce(AccessPolicy::and);
        AccessPolicy declared = own.orElseGet(() -> hidden ? nobody(reached) : AccessPolicy.undeclared());
        boolean onlyThrough = declared.equals(AccessPolicy.undeclared()) && through.isPresent();
        AccessPolicy besideRule = through.map(declared::and).orElse(declared);
        AccessPolicy alone = onlyThrough ? besideRule.and(defaultPolicy) : besideRule;
        String name = nameOf(reached.method());
        return new Policies(alone.forEndpoint(name), besideRule.forEndpoint(name));
    }

    private static String nameOf(Method method) {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }

    /** The method that the container names may be the proxy's own. */
    private static boolean isOfAnInterfaceOf(Reached reached, Class<?> type) {
        return reached.on().stream()
                .flatMap(on -> Declarations.of(on, reached.method()).stream())
                .map(Method::getDeclaringClass)
                .anyMatch(declaring -> declaring.isInterface() && declaring.isAssignableFrom(type));
    }

    /** Whether a class that somebody wrote stands behind {@code type}: what is made at run time has no class file. */
    private static boolean isSeenToImplement(Class<?> type, Method method) {
        for (Class<?> c = type; c != null && method.getDeclaringClass().isAssignableFrom(c); c = c.getSuperclass()) {
            if (!c.isInterface() && hasClassFile(c)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasClassFile(Class<?> type) {
        String file = type.getName().replace('.', '/') + ".class";
        ClassLoader loader = type.getClassLoader();
        return !Proxy.isProxyClass(type) && (loader == null || loader.getResource(file) != null);
    }

    private static AccessPolicy nobody(Reached reached) {
        LOG.log(
                Level.ERROR,
                "Which class is behind the sub-resource " + reached.on()
                        + " cannot be seen, nor what it requires: nobody" + " may call " + reached.method()
                        + ". Annotate that interface's method.");
        return AccessPolicy.deny();
    }
}
