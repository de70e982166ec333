package dev.cardea.cdi;

import dev.cardea.Authentication;
import dev.cardea.Caller;
import dev.cardea.SubjectType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The caller that the adapters have found for a request. Asks at every call: this may have been made before they did,
 * by a request listener of the application for instance, who saw nobody.
 *
 * <p>The request that CDI injects is the container's own, which knows nobody; only its attributes are shared with the
 * wrapper that the filter passes on.
 */
final class RequestCaller implements Caller {
    private final HttpServletRequest request;

    RequestCaller(HttpServletRequest request) {
        this.request = request;
    }

    private Caller current() {
        return of(request);
    }

    /** Anonymous where nobody authenticated: an endpoint that does not look at credentials. */
    static Caller of(HttpServletRequest request) {
        return request.getAttribute(Authentication.ATTRIBUTE) instanceof Authentication authentication
                ? authentication.caller()
                : Caller.anonymous();
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
