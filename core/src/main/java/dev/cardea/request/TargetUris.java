package dev.cardea.request;

import dev.cardea.reject.Reason;
import dev.cardea.reject.RejectedException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which URI a request is for, as its client sees it: what a DPoP proof has to name (RFC 9449 4.3, item 9).
 *
 * <p>One of three, in this order; what one says is not mixed with another:
 * <ol>
 *   <li>The address under which clients see the application ({@code cardea.external-url}), with what stands behind the context
 *       path in the request. No header field counts.
 *   <li>What the proxy says from which the request came, if it is trusted ({@code cardea.proxy.trusted}), in the last element
 *       of {@code Forwarded} (RFC 7239) and the last values of {@code X-Forwarded-Proto}, {@code -Host}, {@code -Port} and
 *       {@code -Prefix}. If both families say something and differ, the request is refused: one of them is a client's own.
 *       What neither says is the container's.
 *   <li>What the container says. Fields of a peer that is not trusted are not read.
 * </ol>
 *
 * <p>{@code X-Forwarded-Port} counts where the host is written without a port: one that is written with it is what the client
 * saw. {@code X-Forwarded-Prefix} is what the proxy took off the path, and is put in front of the whole path, context path
 * included.
 *
 * <p>A container that evaluates these fields itself replaces peer, scheme and host before we see them. The peer is then the
 * client, and must not be trusted: one or the other.
 *
 * <p>Proves nothing about a proxy that passes on fields of clients as its own. The container's host is what the client wrote
 * into {@code Host}: unless the external URL is set, or somebody before us refuses hosts that he does not know, whoever
 * has a proof for another host can name that host. Immutable.
 */
public final class TargetUris {
    private static final String NO_PATH = "the path is not one of a URI";

    /** Null if it is not set. */
    private final @Nullable TargetUri external;

    private final List<AddressRange> trustedProxies;

    /**
     * @param externalUrl address under which clients see the application's root, context path included, or null
     * @param trustedProxies whose forwarding fields count
     * @throws IllegalArgumentException if the address {@linkplain #isExternalUrl is none}
     */
    public TargetUris(@Nullable String externalUrl, List<AddressRange> trustedProxies) {
        if (externalUrl != null && !isExternalUrl(externalUrl)) {
            throw new IllegalArgumentException("the external URL is no absolute http or https URI, or has a query");
        }
        this.external = externalUrl == null ? null : TargetUri.parse(withoutSlash(externalUrl));
        this.trustedProxies = List.copyOf(trustedProxies);
    }

    /** Whether a text can be the address under which clients see us: http or https, a host, no query and no fragment. */
    public static boolean isExternalUrl(String text) {
        return text.indexOf('?') < 0 && text.indexOf('#') < 0 && TargetUri.parse(text) != null;
    }

    /**
     * The URI that the client of this request sees.
     *
     * @throws RejectedException if no client can mean it: without a host, with one that is none, or with a path that is none
     *     or that does not begin with the context path; or if proxies contradict each other
     */
    public TargetUri of(ReceivedRequest request) throws RejectedException {
        if (external != null) {
            return external.with(behindContext(request));
        }
        return AddressRange.anyContains(trustedProxies, request.peer())
                ? forwarded(request)
                : uri(request.isSecure(), request.authority(), request.requestPath());
    }

    private static String behindContext(ReceivedRequest request) throws RejectedException {
        String path = normalised(request.requestPath(), NO_PATH);
        int rest = UriPath.behind(request.contextPath(), path);
        if (rest < 0) {
            throw new RejectedException(Reason.AMBIGUOUS_PATH, "the path does not begin with the context path");
        }
        return path.substring(rest);
    }

    private static TargetUri forwarded(ReceivedRequest request) throws RejectedException {
        ForwardedElement element = ForwardedElement.last(request.headers("Forwarded"));
        boolean secure = isSecure(request, element);
        return uri(secure, authority(request, element, secure), path(request));
    }

    private static boolean isSecure(ReceivedRequest request, ForwardedElement element) throws RejectedException {
        ForwardedProtocol simple =
                ForwardedProtocol.said(ForwardedElement.lastValue(request.headers("X-Forwarded-Proto")));
        ForwardedProtocol standard = ForwardedProtocol.said(element.value("proto"));
        boolean both = simple != ForwardedProtocol.UNSTATED && standard != ForwardedProtocol.UNSTATED;
        if (both && simple != standard) {
            throw new RejectedException(Reason.HOST_MALFORMED, "Forwarded and X-Forwarded-Proto contradict each other");
        }
        return switch (standard == ForwardedProtocol.UNSTATED ? simple : standard) {
            case SECURE -> true;
            case PLAIN -> false;
            case UNSTATED -> request.isSecure();
        };
    }

    private static @Nullable String authority(ReceivedRequest request, ForwardedElement element, boolean secure)
            throws RejectedException {
        String standard = element.value("host");
        String host = ForwardedElement.lastValue(request.headers("X-Forwarded-Host"));
        String port = ForwardedElement.lastValue(request.headers("X-Forwarded-Port"));
        if (host == null && port == null) {
            return standard == null ? request.authority() : standard;
        }
        String stated = host != null ? host : standard != null ? standard : request.authority();
        String simple = stated == null || port == null ? stated : withPort(stated, port);
        if (standard != null && !uri(secure, simple, "").equals(uri(secure, standard, ""))) {
            throw new RejectedException(
                    Reason.HOST_MALFORMED, "Forwarded and X-Forwarded-Host or -Port contradict each other");
        }
        return simple;
    }

    /** The port of its own stays; what is no host stays as it is, to be refused as that. */
    private static String withPort(String host, String port) {
        return HostGrammar.endOfHost(host, 0, host.length()) == host.length() ? host + ':' + port : host;
    }

    /** Each normalised by itself: no dots of the path climb into the prefix. */
    private static String path(ReceivedRequest request) throws RejectedException {
        String prefix = ForwardedElement.lastValue(request.headers("X-Forwarded-Prefix"));
        if (prefix == null) {
            return request.requestPath();
        }
        return withoutSlash(normalised(prefix, "X-Forwarded-Prefix is not a path"))
                + normalised(request.requestPath(), NO_PATH);
    }

    private static String withoutSlash(String text) {
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    private static String normalised(String path, String complaint) throws RejectedException {
        String normal = UriPath.normalised(path);
        if (normal == null) {
            throw new RejectedException(Reason.AMBIGUOUS_PATH, complaint);
        }
        return normal;
    }

    private static TargetUri uri(boolean secure, @Nullable String authority, String path) throws RejectedException {
        TargetUri uri = authority == null ? null : TargetUri.of(secure, authority, path);
        if (uri != null) {
            return uri;
        }
        if (authority != null && TargetUri.of(secure, authority, "") != null) {
            throw new RejectedException(Reason.AMBIGUOUS_PATH, NO_PATH);
        }
        throw new RejectedException(Reason.HOST_MALFORMED, "the request is for no host, or for one that is none");
    }
}
