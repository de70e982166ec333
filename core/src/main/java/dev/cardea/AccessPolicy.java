package dev.cardea;

import dev.cardea.authz.Requirement;
import dev.cardea.authz.Requirement.Access;
import dev.cardea.demand.SenderConstraint;
import dev.cardea.token.ScopeTokens;
import dev.cardea.token.SubjectKind;
import java.lang.reflect.Method;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint asks of its caller. Immutable; made once per endpoint, used at every request.
 *
 * <p>Policies add up: {@link #and} never weakens either side.
 */
public final class AccessPolicy {
    final Requirement requirement;
    final @Nullable String endpoint;
    final boolean declaresNothing;
    private final int hash; // a key at every request

    AccessPolicy(Requirement requirement) {
        this(requirement, null, false);
    }

    private AccessPolicy(Requirement requirement, @Nullable String endpoint, boolean declaresNothing) {
        this.requirement = requirement;
        this.endpoint = endpoint;
        this.declaresNothing = declaresNothing;
        this.hash = requirement.hashCode();
    }

    /** Everybody, and credentials are not even looked at. */
    public static AccessPolicy permit() {
        return new AccessPolicy(Requirement.of(Access.PERMIT));
    }

    /** Everybody; credentials that are presented must be good. What {@code @PermitAll} means. */
    public static AccessPolicy anonymous() {
        return new AccessPolicy(Requirement.of(Access.ANONYMOUS));
    }

    /** Whoever presents a good token. */
    public static AccessPolicy authenticated() {
        return new AccessPolicy(Requirement.of(Access.AUTHENTICATED));
    }

    /**
     * Of an endpoint that declares nothing: what {@link ResourceServer#authorize} takes for a path rule's to decide, or, where
     * there is none, the default's.
     */
    public static AccessPolicy undeclared() {
        return new AccessPolicy(Requirement.of(Access.PERMIT), null, true);
    }

    /** Nobody. What {@code @DenyAll} means. */
    public static AccessPolicy deny() {
        return new AccessPolicy(Requirement.of(Access.DENY));
    }

    /**
     * A token with all of these scopes.
     *
     * @throws IllegalArgumentException if there is none, or one is not a scope token (RFC 6749 3.3)
     */
    public static AccessPolicy allScopes(String... scopes) {
        return new AccessPolicy(Requirement.allScopes(scopeTokens(scopes)));
    }

    /**
     * A token with at least one of these scopes.
     *
     * @throws IllegalArgumentException if there is none, or one is not a scope token (RFC 6749 3.3)
     */
    public static AccessPolicy anyScope(String... scopes) {
        return new AccessPolicy(Requirement.anyScope(scopeTokens(scopes)));
    }

    /**
     * A token with at least one of these roles; {@code "**"} among them is any token (Servlet 6.0, 13.8).
     *
     * @throws IllegalArgumentException if there is none
     */
    public static AccessPolicy anyRole(String... roles) {
        Set<String> names = atLeastOne(roles, "role");
        return names.contains("**") ? authenticated() : new AccessPolicy(Requirement.anyRole(names));
    }

    /** A token that speaks for a user: {@link #subjectType}. */
    public static AccessPolicy user() {
        return subjectType(SubjectType.USER);
    }

    /**
     * A token whose {@link Caller#subjectType()} is this one. Any other, {@link SubjectType#UNKNOWN} included, is refused
     * with 403 and no error code, since no scope cures it (RFC 9700 4.15). Of two different ones that add up, nobody is
     * both.
     *
     * @throws IllegalArgumentException for {@link SubjectType#UNKNOWN}, which is nothing that can be asked for
     */
    public static AccessPolicy subjectType(SubjectType type) {
        return new AccessPolicy(Requirement.subject(
                switch (type) {
                    case USER -> SubjectKind.USER;
                    case CLIENT -> SubjectKind.CLIENT;
                    case UNKNOWN -> throw new IllegalArgumentException("nobody can be required to be unknown");
                }));
    }

    /** A token that is bound to its sender: {@link RequiresSenderConstrainedToken}. */
    public static AccessPolicy senderConstrained(RequiresSenderConstrainedToken.Binding binding) {
        return new AccessPolicy(Requirement.sender(
                switch (binding) {
                    case ANY -> SenderConstraint.REQUIRED;
                    case DPOP -> SenderConstraint.DPOP;
                    case CERTIFICATE -> SenderConstraint.CERTIFICATE;
                }));
    }

    private static Set<String> scopeTokens(String... scopes) {
        for (String scope : scopes) {
            if (!ScopeTokens.isScopeToken(scope)) {
                throw new IllegalArgumentException("\"" + scope + "\" is not one scope token");
            }
        }
        return atLeastOne(scopes, "scope");
    }

    /** Nothing required would be anybody admitted. */
    private static Set<String> atLeastOne(String[] names, String kind) {
        if (names.length == 0) {
            throw new IllegalArgumentException("a policy that requires a " + kind + " and names none");
        }
        return new LinkedHashSet<>(List.of(names));
    }

    /** Both policies at once. */
    public AccessPolicy and(AccessPolicy other) {
        return new AccessPolicy(requirement.and(other.requirement), null, declaresNothing && other.declaresNothing);
    }

    /**
     * The same policy, made for an endpoint of that name: {@link DecisionEvent#route()} of what it decides. Two policies
     * are equal whatever their names.
     *
     * @param name what a reader of the log knows the endpoint by, for instance {@code OrdersResource.list}; nothing that
     *     comes from a request
     */
    public AccessPolicy forEndpoint(String name) {
        return new AccessPolicy(requirement, name, declaresNothing);
    }

    /** Whether credentials are not even looked at: {@link #permit()}. */
    public boolean ignoresCredentials() {
        return requirement.access() == Access.PERMIT && !declaresNothing;
    }

    /** Whether the anonymous caller may come in. */
    public boolean isOpen() {
        return requirement.access().compareTo(Access.ANONYMOUS) <= 0 && !declaresNothing;
    }

    /**
     * What a class declares: its own annotations, those of its superclasses and of all its interfaces, added up.
     *
     * @return empty if none of them says anything
     * @throws IllegalArgumentException if an annotation cannot work (nothing or no scope token in it); the message
     *     names the class
     */
    public static Optional<AccessPolicy> declaredOn(Class<?> type) {
        return PolicyAnnotations.ofClass(type);
    }

    /**
     * What a method declares when it runs on {@code type}: the annotations of the method and of everything that it
     * overrides or implements, generics resolved, added up; where none of these says anything, what {@code type}
     * declares.
     *
     * @param type the class that is instantiated, be it a proxy's superclass; not the interface
     * @param method the method, as any declaration of it: that of the class, a superclass or an interface
     * @return empty if nothing is declared anywhere
     * @throws IllegalArgumentException as {@link #declaredOn(Class)}; the message names class and method
     */
    public static Optional<AccessPolicy> declaredOn(Class<?> type, Method method) {
        return PolicyAnnotations.ofMethod(type, method);
    }

    @Override
    public boolean equals(Object other) {
        return other == this
                || (other instanceof AccessPolicy that
                        && declaresNothing == that.declaresNothing
                        && requirement.equals(that.requirement));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return declaresNothing ? "undeclared" : requirement.inWords();
    }
}
