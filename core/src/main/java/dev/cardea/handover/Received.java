package dev.cardea.handover;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What came over the wire, out of what a servlet container says of one dispatch of a request. For every adapter alike; core knows no
 * servlets, so the values are handed in.
 */
public final class Received {
    /** The container's attribute with the client's certificates (Servlet 6.0, 3.9). */
    public static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    /** Where containers keep the path of the request while it is dispatched elsewhere (Servlet 6.0, 9.4.2, 9.7.2, 10.9.2), outermost first. */
    private static final List<String> ORIGINAL_PATHS = List.of(
            "jakarta.servlet.forward.request_uri",
            "jakarta.servlet.error.request_uri",
            "jakarta.servlet.async.request_uri");

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private Received() {}

    /**
     * The path of the request line.
     *
     * @param attributes the request's
     * @param dispatched {@code getRequestURI()}, which is that of a forward while one is under way
     */
    public static String path(Function<String, @Nullable Object> attributes, String dispatched) {
        for (String name : ORIGINAL_PATHS) {
            if (attributes.apply(name) instanceof String original) {
                return original;
            }
        }
        return dispatched;
    }

    /** Host, and port where it is not the default of the connection's scheme; null if the container knows no host. */
    public static @Nullable String authority(@Nullable String serverName, int serverPort, boolean secure) {
        if (serverName == null || serverName.isEmpty()) {
            return null;
        }
        boolean bare = serverName.indexOf(':') >= 0 && !serverName.startsWith("[");
        String host = bare ? "[" + serverName + "]" : serverName;
        return serverPort <= 0 || serverPort == (secure ? HTTPS : HTTP) ? host : host + ":" + serverPort;
    }

    /** @param attribute the value of {@link #CERTIFICATES} */
    public static List<X509Certificate> certificates(@Nullable Object attribute) {
        return attribute instanceof X509Certificate[] chain ? List.of(chain) : List.of();
    }
}
