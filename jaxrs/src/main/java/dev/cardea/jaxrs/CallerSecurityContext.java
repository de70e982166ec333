package dev.cardea.jaxrs;

import dev.cardea.Caller;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** The caller, as JAX-RS applications ask for it. */
final class CallerSecurityContext implements SecurityContext {
    private final Caller caller;
    private final boolean secure;

    CallerSecurityContext(Caller caller, boolean secure) {
        this.caller = caller;
        this.secure = secure;
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
        return caller.isAnonymous() ? null : caller;
    }

    @Override
    public boolean isUserInRole(String role) {
        return caller.isInRole(role);
    }

    @Override
    public boolean isSecure() {
        return secure;
    }

    @Override
    public @Nullable String getAuthenticationScheme() {
        return caller.scheme().orElse(null);
    }
}
