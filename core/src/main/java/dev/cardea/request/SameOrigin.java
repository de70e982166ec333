package dev.cardea.request;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/**
 * Whether the browser says that a request comes from our own origin (Fetch Metadata {@code Sec-Fetch-Site};
 * RFC 6454 {@code Origin}). No page can set either field.
 *
 * <p>Trusts {@code Host} to be the origin that the browser talks to, which no page can change either. Proves nothing
 * about clients that are no browsers: they hold the cookie's token and could send it in a header as well.
 */
final class SameOrigin {
    private static final Set<String> SAFE = Set.of("GET", "HEAD");

    private SameOrigin() {}

    /**
     * True for {@code Sec-Fetch-Site: same-origin}; for {@code none} (the user's own navigation) if the method is safe;
     * without that field, for an {@code Origin} that is ours. False where neither field is there, and where either is
     * there twice.
     */
    static boolean isSaidBy(String method, Function<String, List<String>> headers) {
        List<String> site = headers.apply("Sec-Fetch-Site");
        List<String> origin = headers.apply("Origin");
        if (site.size() > 1 || origin.size() > 1) {
            return false;
        }
        if (!origin.isEmpty() && !isOurs(origin.get(0), headers.apply("Host"))) {
            return false;
        }
        if (site.isEmpty()) {
            return !origin.isEmpty();
        }
        return site.get(0).equals("same-origin") || (site.get(0).equals("none") && SAFE.contains(method));
    }

    /** Scheme https, or http on this machine; host and port as in {@code Host}, which leaves a standard port out. */
    private static boolean isOurs(String origin, List<String> host) {
        if (host.size() != 1) {
            return false;
        }
        String authority = host.get(0).toLowerCase(Locale.ROOT);
        String stated = origin.toLowerCase(Locale.ROOT);
        return stated.equals("https://" + withoutPort(authority, ":443"))
                || (isLoopback(authority) && stated.equals("http://" + withoutPort(authority, ":80")));
    }

    private static String withoutPort(String authority, String standard) {
        return authority.endsWith(standard)
                ? authority.substring(0, authority.length() - standard.length())
                : authority;
    }

    private static boolean isLoopback(String authority) {
        String host = authority.replaceFirst(":[0-9]+$", "");
        return host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
    }
}
