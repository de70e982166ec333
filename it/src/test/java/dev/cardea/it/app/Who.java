package dev.cardea.it.app;

import dev.cardea.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;

/** One line per way of asking who calls: {@code way=name role scheme}. */
public final class Who {
    private Who() {}

    static String is(String way, Caller caller) {
        return line(way, caller, caller.isInRole("clerk"), caller.scheme().orElse("none"));
    }

    static String is(String way, SecurityContext context) {
        return line(way, context.getUserPrincipal(), context.isUserInRole("clerk"), context.getAuthenticationScheme());
    }

    static String is(String way, HttpServletRequest request) {
        return line(way, request.getUserPrincipal(), request.isUserInRole("clerk"), request.getAuthType()) + way
                + "-remote-user=" + request.getRemoteUser() + "\n";
    }

    private static String line(String way, Principal principal, boolean clerk, String scheme) {
        String name = principal == null ? "nobody" : principal.getName();
        return way + "=" + name + " " + (clerk ? "clerk" : "no-clerk") + " " + scheme + "\n";
    }
}
