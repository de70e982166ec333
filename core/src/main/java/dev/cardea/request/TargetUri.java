package dev.cardea.request;

import org.jspecify.annotations.Nullable;

/**
 * The URI of a request without query and fragment, in normal form (RFC 3986 6.2.2, 6.2.3): what a DPoP proof is made for.
 * Equality is the check of RFC 9449 4.3, item 9.
 *
 * <p>Normalised are the case of scheme and host, escapes (upper case, and none for what needs none), dot segments, the path
 * {@code /} for none, and a port that is empty, the scheme's own, or written with zeros before it. Everything else is as it
 * was written: {@code /a} and {@code /A}, {@code /a} and {@code /a/}, {@code %2F} and {@code /}, {@code //} and {@code /},
 * {@code host} and {@code host.}, two spellings of one IPv6 address are different. Which is as far as the two are spelled
 * alike by every client and proxy, and never further than to what is the same resource.
 *
 * <p>Proves nothing about whose URI it is. Immutable; no regular expressions, and no copy of a URI that is in normal form.
 */
public final class TargetUri {
    /** As much as a proof has room for. */
    private static final int MAX_LENGTH = 8192;

    private static final String HTTPS = "https://";
    private static final String HTTP = "http://";
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    private final String uri;

    private TargetUri(String uri) {
        this.uri = uri;
    }

    /**
     * Reads the {@code htu} of a proof; query and fragment are ignored, though not what no URI can have in them.
     *
     * @return null if it is no absolute {@code http} or {@code https} URI, is longer than 8192 characters, or has a user, no
     *     host, a port that there is not, a malformed escape, or a space, a control, or a character beyond ASCII anywhere
     */
    public static @Nullable TargetUri parse(String htu) {
        int authority = htu.length() > MAX_LENGTH ? -1 : behindScheme(htu);
        if (authority < 0) {
            return null;
        }
        int path = endOfAuthority(htu, authority);
        int end = UriPath.end(htu, path);
        return end < 0 || !isPrintable(htu, end) ? null : of(htu, authority, path, end);
    }

    /**
     * The URI of a request.
     *
     * @param secure whether it came by {@code https}
     * @param authority host and optional port
     * @param rawPath as it was sent, without query
     * @return null where {@link #parse} would have none
     */
    public static @Nullable TargetUri of(boolean secure, String authority, String rawPath) {
        boolean rooted = rawPath.isEmpty() || rawPath.charAt(0) == '/';
        if (!rooted || (long) authority.length() + rawPath.length() > MAX_LENGTH - HTTPS.length()) {
            return null;
        }
        String scheme = secure ? HTTPS : HTTP;
        String text = scheme + authority + rawPath;
        int path = scheme.length() + authority.length();
        return UriPath.end(text, path) != text.length() ? null : of(text, scheme.length(), path, text.length());
    }

    /**
     * What lies below this URI.
     *
     * @param rest the end of a normalised path, which begins with a slash, or is empty for this URI
     */
    TargetUri with(String rest) {
        return rest.isEmpty() ? this : new TargetUri(uri.endsWith("/") ? uri + rest.substring(1) : uri + rest);
    }

    private static @Nullable TargetUri of(String text, int authority, int path, int end) {
        int port = HostGrammar.endOfHost(text, authority, path);
        int number = port <= authority ? HostGrammar.MALFORMED : HostGrammar.port(text, port, path);
        if (number == HostGrammar.MALFORMED) {
            return null;
        }
        boolean secure = authority == HTTPS.length();
        boolean written = number != HostGrammar.NO_PORT && number != (secure ? HTTPS_PORT : HTTP_PORT);
        boolean normalPort = written ? text.charAt(port + 1) != '0' : port == path;
        if (normalPort && isLowerCase(text, port) && UriPath.isNormal(text, path, end)) {
            return new TargetUri(text.substring(0, end));
        }
        StringBuilder uri = new StringBuilder(end + 1).append(secure ? HTTPS : HTTP);
        for (int i = authority; i < port; i++) {
            uri.append(lower(text.charAt(i)));
        }
        if (written) {
            uri.append(':').append(number);
        }
        UriPath.append(uri, text, path, end);
        return new TargetUri(uri.toString());
    }

    /** Where the authority begins, or negative. */
    private static int behindScheme(String uri) {
        if (uri.length() <= HTTP.length()) {
            return -1;
        }
        int colon = lower(uri.charAt(4)) == 's' ? 5 : 4;
        for (int i = 0; i < colon; i++) {
            if (lower(uri.charAt(i)) != HTTPS.charAt(i)) {
                return -1;
            }
        }
        return uri.startsWith("://", colon) ? colon + 3 : -1;
    }

    private static int endOfAuthority(String uri, int from) {
        int i = from;
        while (i < uri.length() && uri.charAt(i) != '/' && uri.charAt(i) != '?' && uri.charAt(i) != '#') {
            i++;
        }
        return i;
    }

    private static boolean isPrintable(String uri, int from) {
        for (int i = from; i < uri.length(); i++) {
            if (uri.charAt(i) <= ' ' || uri.charAt(i) >= 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLowerCase(String uri, int end) {
        for (int i = 0; i < end; i++) {
            if (uri.charAt(i) >= 'A' && uri.charAt(i) <= 'Z') {
                return false;
            }
        }
        return true;
    }

    private static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TargetUri that && uri.equals(that.uri);
    }

    @Override
    public int hashCode() {
        return uri.hashCode();
    }

    /** The URI in normal form. */
    @Override
    public String toString() {
        return uri;
    }
}
