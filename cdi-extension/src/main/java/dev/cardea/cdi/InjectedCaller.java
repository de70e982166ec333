package dev.cardea.cdi;

import dev.cardea.Actor;
import dev.cardea.Caller;
import dev.cardea.SubjectIdentity;
import dev.cardea.SubjectType;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The caller of the current thread, as a bean. Asks at every call: a bean of any scope may hold this, and may have asked
 * before the adapters authenticated, in a request listener of the application for instance, and seen nobody.
 */
final class InjectedCaller implements Caller {
    private final CallerOfThread thread;

    InjectedCaller(CallerOfThread thread) {
        this.thread = thread;
    }

    private Caller current() {
        return thread.get();
    }

    @Override
    public boolean isAnonymous() {
        return current().isAnonymous();
    }

    @Override
    public String getName() {
        return current().getName();
    }

    @Override
    public Optional<String> scheme() {
        return current().scheme();
    }

    @Override
    public Optional<String> issuer() {
        return current().issuer();
    }

    @Override
    public Optional<String> subject() {
        return current().subject();
    }

    @Override
    public Optional<String> clientId() {
        return current().clientId();
    }

    @Override
    public Set<String> scopes() {
        return current().scopes();
    }

    @Override
    public Set<String> roles() {
        return current().roles();
    }

    @Override
    public Set<String> groups() {
        return current().groups();
    }

    @Override
    public SubjectType subjectType() {
        return current().subjectType();
    }

    @Override
    public Optional<SubjectIdentity> identity() {
        return current().identity();
    }

    @Override
    public Optional<Actor> actor() {
        return current().actor();
    }

    @Override
    public <T> Optional<T> claim(String name, Class<T> type) {
        return current().claim(name, type);
    }

    @Override
    public boolean isInRole(String role) {
        return current().isInRole(role);
    }

    @Override
    public Optional<Instant> expiresAt() {
        return current().expiresAt();
    }

    @Override
    public Map<String, Object> claims() {
        return current().claims();
    }

    @Override
    public String toString() {
        return current().toString();
    }
}
