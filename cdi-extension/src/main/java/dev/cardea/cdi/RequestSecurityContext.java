package dev.cardea.cdi;

import dev.cardea.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** The current request's {@link Caller} as JAX-RS sees one. */
final class RequestSecurityContext implements InjectedSecurityContext {
    private final HttpServletRequest request;

    RequestSecurityContext(HttpServletRequest request) {
        this.request = request;
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
        Caller caller = RequestCaller.of(request);
        return caller.isAnonymous() ? null : caller;
    }

    @Override
    public boolean isUserInRole(String role) {
        return RequestCaller.of(request).isInRole(role);
    }

    @Override
    public boolean isSecure() {
        return request.isSecure();
    }

    @Override
    public @Nullable String getAuthenticationScheme() {
        return RequestCaller.of(request).scheme().orElse(null);
    }
}
