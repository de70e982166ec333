package dev.cardea.servlet;

import dev.cardea.Authentication;
import dev.cardea.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** A request that knows its caller through the methods that the Servlet API has for it (Servlet 6.0, 13.3). */
final class CallerRequest extends HttpServletRequestWrapper {
    private final Authentication authentication;

    CallerRequest(HttpServletRequest request, Authentication authentication) {
        super(request);
        this.authentication = authentication;
    }

    boolean isOf(Authentication other) {
        return authentication == other;
    }

    /** Asked at every call: where a path rule lets everybody in, the caller may be found later, or never. */
    private Caller caller() {
        return authentication.caller();
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
        return caller().isAnonymous() ? null : caller();
    }

    @Override
    public @Nullable String getRemoteUser() {
        return caller().isAnonymous() ? null : caller().getName();
    }

    @Override
    public boolean isUserInRole(String role) {
        return caller().isInRole(role);
    }

    @Override
    public @Nullable String getAuthType() {
        return caller().scheme().orElse(null);
    }
}
