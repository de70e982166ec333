package dev.cardea.authz;

import dev.cardea.demand.SenderConstraint;
import dev.cardea.reject.Quoted;
import dev.cardea.reject.Reason;
import dev.cardea.reject.Rejection;
import dev.cardea.token.SubjectKind;
import dev.cardea.token.VerifiedToken;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint asks of its caller. Requirements add up ({@link #and}): nothing that is added ever weakens.
 *
 * <p>Immutable; made once per endpoint, judged at every request without allocation as long as it is met.
 *
 * @param access who may come in at all
 * @param allScopes scopes that must all be there
 * @param anyScopes sets of scopes, of each of which one must be there
 * @param anyRoles sets of roles, of each of which one must be there
 * @param subjects what the subject must be, each of them: two different ones are nobody
 * @param senders what is asked about to whom the token is bound, each of them
 */
public record Requirement(
        Access access,
        Set<String> allScopes,
        List<Set<String>> anyScopes,
        List<Set<String>> anyRoles,
        Set<SubjectKind> subjects,
        Set<SenderConstraint> senders) {
    public Requirement {
        allScopes = Set.copyOf(allScopes);
        anyScopes = anyScopes.stream().map(Set::copyOf).distinct().toList();
        anyRoles = anyRoles.stream().map(Set::copyOf).distinct().toList();
        subjects = Set.copyOf(subjects);
        senders = Set.copyOf(senders);
    }

    private Requirement(Access access, Set<String> allScopes, List<Set<String>> anyScopes, List<Set<String>> anyRoles) {
        this(access, allScopes, anyScopes, anyRoles, Set.of(), Set.of());
    }

    /** Who may come in, from open to closed: of two, the later one wins. */
    public enum Access {
        /** Everybody, and credentials are not even looked at. */
        PERMIT,
        /** Everybody; credentials that are presented must be good. */
        ANONYMOUS,
        /** Whoever presents a good token. */
        AUTHENTICATED,
        /** Nobody. */
        DENY
    }

    public static Requirement of(Access access) {
        return new Requirement(access, Set.of(), List.of(), List.of());
    }

    public static Requirement allScopes(Set<String> scopes) {
        return new Requirement(Access.AUTHENTICATED, scopes, List.of(), List.of());
    }

    public static Requirement anyScope(Set<String> scopes) {
        return new Requirement(Access.AUTHENTICATED, Set.of(), List.of(scopes), List.of());
    }

    public static Requirement anyRole(Set<String> roles) {
        return new Requirement(Access.AUTHENTICATED, Set.of(), List.of(), List.of(roles));
    }

    /** A token that speaks for a user, or for a client itself. */
    public static Requirement subject(SubjectKind kind) {
        return new Requirement(Access.AUTHENTICATED, Set.of(), List.of(), List.of(), Set.of(kind), Set.of());
    }

    /** A token that is bound to its sender. */
    public static Requirement sender(SenderConstraint constraint) {
        return new Requirement(Access.AUTHENTICATED, Set.of(), List.of(), List.of(), Set.of(), Set.of(constraint));
    }

    /** The same of who may come in, with what is asked about to whom the token is bound. */
    public Requirement withSender(SenderConstraint constraint) {
        Set<SenderConstraint> more = new LinkedHashSet<>(senders);
        more.add(constraint);
        return new Requirement(access, allScopes, anyScopes, anyRoles, subjects, more);
    }

    /** Both requirements at once. */
    public Requirement and(Requirement other) {
        Set<String> scopes = new LinkedHashSet<>(allScopes);
        scopes.addAll(other.allScopes);
        Set<SubjectKind> kinds = new LinkedHashSet<>(subjects);
        kinds.addAll(other.subjects);
        Set<SenderConstraint> constraints = new LinkedHashSet<>(senders);
        constraints.addAll(other.senders);
        return new Requirement(
                access.compareTo(other.access) >= 0 ? access : other.access,
                scopes,
                concat(anyScopes, other.anyScopes),
                concat(anyRoles, other.anyRoles),
                kinds,
                constraints);
    }

    /** Whether whoever meets this requirement meets the other one as well, since adding it changes nothing. */
    public boolean covers(Requirement other) {
        return and(other).equals(this);
    }

    /**
     * Judges a caller: the binding, then subject and roles, then scopes, since a new scope cures none of the others (RFC 6750 3.1).
     *
     * @return why the caller is refused, or null if it is not
     */
    public @Nullable Rejection judge(VerifiedToken token) {
        if (access == Access.DENY) {
            return new Rejection(
                    Reason.ACCESS_DENIED, "nobody may use this endpoint (@DenyAll or cardea.access.default)");
        }
        Rejection unbound = Senders.judge(senders, token.confirmation());
        if (unbound != null) {
            return unbound;
        }
        for (SubjectKind kind : subjects) {
            if (token.subjectKind() != kind) {
                return new Rejection(
                        Reason.SUBJECT_TYPE,
                        "the subject must be a " + kind + " and is " + token.subjectKind() + " (sub, client_id)");
            }
        }
        for (Set<String> roles : anyRoles) {
            if (!containsAny(token.roles(), roles)) {
                return new Rejection(
                        Reason.ROLE_MISSING, "one of the roles " + roles + " is required (cardea.roles.claims)");
            }
        }
        if (!token.scopes().containsAll(allScopes)) {
            return new Rejection(Reason.SCOPE_MISSING, needs("the scopes " + allScopes, token));
        }
        for (Set<String> scopes : anyScopes) {
            if (!containsAny(token.scopes(), scopes)) {
                return new Rejection(Reason.SCOPE_MISSING, needs("one of the scopes " + scopes, token));
            }
        }
        return null;
    }

    private static String needs(String scopes, VerifiedToken token) {
        return scopes + " needed, the token has " + Quoted.of(token.scopes());
    }

    /** For people: {@code any valid token}, or what it has to carry. */
    public String inWords() {
        if (access != Access.AUTHENTICATED) {
            return access == Access.DENY ? "nobody" : "everybody";
        }
        List<String> parts = new ArrayList<>(Senders.inWords(senders));
        subjects.forEach(kind -> parts.add(kind.name().toLowerCase(Locale.ROOT) + "s only"));
        anyRoles.forEach(roles -> parts.add("role " + String.join(" or ", new TreeSet<>(roles))));
        if (!allScopes.isEmpty()) {
            parts.add("scope " + String.join(" ", new TreeSet<>(allScopes)));
        }
        anyScopes.forEach(scopes -> parts.add("scope " + String.join(" or ", new TreeSet<>(scopes))));
        return parts.isEmpty() ? "any valid token" : String.join(", ", parts);
    }

    /** Every scope that is named, sorted: with all of them a token satisfies this requirement (RFC 6750 3). */
    public List<String> scopesForChallenge() {
        Set<String> scopes = new TreeSet<>(allScopes);
        anyScopes.forEach(scopes::addAll);
        return List.copyOf(scopes);
    }

    private static boolean containsAny(Set<String> held, Set<String> accepted) {
        for (String value : accepted) {
            if (held.contains(value)) {
                return true;
            }
        }
        return false;
    }

    private static List<Set<String>> concat(List<Set<String>> first, List<Set<String>> second) {
        List<Set<String>> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }

    /** Written out, or a Java 17 would keep this class and its loader after the application has gone (JDK-8078641). */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Requirement that
                && access == that.access
                && allScopes.equals(that.allScopes)
                && anyScopes.equals(that.anyScopes)
                && anyRoles.equals(that.anyRoles)
                && subjects.equals(that.subjects)
                && senders.equals(that.senders);
    }

    @Override
    public int hashCode() {
        return Objects.hash(access, allScopes, anyScopes, anyRoles, subjects, senders);
    }
}
