package dev.cardea.cdi;

import dev.cardea.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** The current thread's {@link Caller} as JAX-RS sees one. Whether the connection is secure, only a request knows. */
final class CallerSecurityContext implements InjectedSecurityContext {
    private final CallerOfThread thread;

    CallerSecurityContext(CallerOfThread thread) {
        this.thread = thread;
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
        Caller caller = thread.get();
        return caller.isAnonymous() ? null : caller;
    }

    @Override
    public boolean isUserInRole(String role) {
        return thread.get().isInRole(role);
    }

    @Override
    public boolean isSecure() {
        return thread.ofRequest(HttpServletRequest::isSecure);
    }

    @Override
    public @Nullable String getAuthenticationScheme() {
        return thread.get().scheme().orElse(null);
    }
}
