package dev.cardea;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What an access token must be allowed to do for an endpoint to run (RFC 6750 3.1, RFC 6749 3.3).
 *
 * <pre>{@code
 * @RequiresScope("orders:read")                      // this scope
 * @RequiresScope({"orders:read", "orders:write"})    // all of them
 * @RequiresScope(anyOf = {"orders:read", "admin"})   // at least one of them
 * @RequiresScope("orders:read") @RequiresScope(anyOf = {"clerk", "admin"})    // repeated: each of them applies
 * }</pre>
 *
 * <p>Stands on JAX-RS resource classes and methods, on CDI and enterprise beans and their methods, on the superclasses and
 * interfaces of these, on servlets and on WebSocket endpoint classes. What a method
 * declares replaces what its class declares; {@code @RolesAllowed} beside it applies as well. Without a sufficient
 * token the answer is 401 or 403 and the endpoint does not run.
 *
 * <p>Scope tokens are compared case-sensitively. An empty annotation, or a value that is not a scope token, stops the
 * deployment.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(RequiresScope.List.class)
public @interface RequiresScope {
    /** Scopes that must all be granted. */
    String[] value() default {};

    /** Scopes of which at least one must be granted. */
    String[] anyOf() default {};

    /** What the compiler makes of several {@link RequiresScope} on one element: every one of them applies. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD})
    @interface List {
        /** The annotations; an empty list stops the deployment. */
        RequiresScope[] value();
    }
}
