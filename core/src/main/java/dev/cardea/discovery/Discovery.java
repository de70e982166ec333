package dev.cardea.discovery;

import dev.cardea.config.HttpSettings;
import dev.cardea.config.IssuerSettings;
import dev.cardea.config.JwksSettings;
import dev.cardea.http.HttpAnswer;
import dev.cardea.http.HttpCall;
import dev.cardea.http.HttpTransport;
import dev.cardea.http.TransportException;
import dev.cardea.json.BoundedJson;
import dev.cardea.json.JsonLimits;
import dev.cardea.json.MalformedJsonException;
import dev.cardea.log.RateLimitedLog;
import dev.cardea.reject.Quoted;
import dev.cardea.reject.SettingNames;
import dev.cardea.reject.Uncertainty;
import dev.cardea.reject.UndeterminedException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the metadata of the configured issuer (RFC 8414 3): first where RFC 8414 puts it, then where OpenID Connect does.
 *
 * <p>Nothing is fetched before it is first needed. What was found is kept until something newer is found; from then on it is
 * looked for again in the background, at four fifths of {@code cardea.jwks.refresh}, whatever the answer's
 * {@code Cache-Control} says. All attempts of one fetch share one {@code cardea.jwks.timeout}. Thread-safe.
 */
public final class Discovery implements MetadataSource {
    private static final int MAX_SIZE = 64 * 1024;
    private static final int OK = 200;

    private final String issuer;
    private final SettingNames names;
    private final List<URI> places;
    private final boolean allowHttp;
    private final Duration timeout;
    private final HttpTransport transport;
    private final LongSupplier nanoTime;
    private final RateLimitedLog log;
    private final LastGood<AuthorizationServerMetadata> documents;

    /**
     * @param nanoTime a monotonic time in nanoseconds
     * @param refresher looks for it again ahead of time, once it was needed
     * @param log for discovery alone
     */
    public Discovery(
            IssuerSettings issuer,
            JwksSettings settings,
            HttpSettings http,
            HttpTransport transport,
            LongSupplier nanoTime,
            Refresher refresher,
            RateLimitedLog log) {
        this.issuer = issuer.issuer();
        this.names = issuer.names();
        this.places = places(issuer.uri());
        this.allowHttp = http.allowHttp();
        this.timeout = settings.timeout();
        this.transport = transport;
        this.nanoTime = nanoTime;
        this.log = log;
        this.documents = new LastGood<>(
                () -> new LastGood.Fetched<>(fetch(), null),
                new LastGood.Rules(Uncertainty.DISCOVERY_FAILED, settings.refresh(), null, settings.timeout()),
                nanoTime,
                refresher);
    }

    @Override
    public SettingNames names() {
        return names;
    }

    @Override
    public AuthorizationServerMetadata metadata() throws UndeterminedException {
        return documents.get().value();
    }

    /** RFC 8414 3.1 and 5 (A01): inserted before the issuer's path, or appended to it, without its terminating slash. */
    static List<URI> places(URI issuer) {
        String origin = issuer.getScheme() + "://" + issuer.getRawAuthority();
        String path = issuer.getRawPath() == null ? "" : issuer.getRawPath();
        String stem = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return List.of(
                URI.create(origin + "/.well-known/oauth-authorization-server" + stem),
                URI.create(origin + stem + "/.well-known/openid-configuration"));
    }

    /** Whatever is wrong at one place, the other is tried: a wrong answer there is no more dangerous than here. */
    private AuthorizationServerMetadata fetch() throws UndeterminedException {
        long begun = nanoTime.getAsLong();
        StringBuilder why = new StringBuilder("no metadata of issuer ").append(Quoted.of(issuer));
        for (URI place : places) {
            Duration left = timeout.minusNanos(nanoTime.getAsLong() - begun);
            if (left.isNegative() || left.isZero()) {
                break;
            }
            try {
                HttpAnswer answer = transport.send(HttpCall.get(place, "application/json", left, MAX_SIZE));
                AuthorizationServerMetadata metadata = read(answer);
                log.works("metadata of issuer " + Quoted.of(issuer) + " can be fetched again");
                return metadata;
            } catch (TransportException e) {
                why.append("; ").append(e.getMessage());
            } catch (UnusableMetadataException e) {
                why.append("; ").append(place).append(' ').append(e.getMessage());
            }
        }
        String detail = why.append(" (" + names.of("issuer") + ")").toString();
        if (!Thread.currentThread().isInterrupted()) { // else it is about us: the application is being stopped
            log.failed(Level.WARNING, Uncertainty.DISCOVERY_FAILED, detail);
        }
        throw new UndeterminedException(Uncertainty.DISCOVERY_FAILED, detail);
    }

    private AuthorizationServerMetadata read(HttpAnswer answer) throws UnusableMetadataException {
        if (answer.status() != OK) {
            throw new UnusableMetadataException("answers " + answer.status());
        }
        Map<String, Object> document;
        try {
            document = BoundedJson.readObject(answer.body(), JsonLimits.ofBytes(MAX_SIZE));
        } catch (MalformedJsonException e) {
            throw new UnusableMetadataException("is not an acceptable JSON object: " + e.detail());
        }
        // RFC 8414 3.3 (A02): identical, or whoever serves one issuer's metadata could speak for another.
        if (!issuer.equals(document.get("issuer"))) {
            throw new UnusableMetadataException("is of issuer " + Quoted.of(document.get("issuer")));
        }
        return new AuthorizationServerMetadata(
                issuer,
                address(document, "jwks_uri"),
                address(document, "introspection_endpoint"),
                mutualTlsIntrospection(document),
                tokenEndpoint(document),
                strings(document, "introspection_endpoint_auth_methods_supported"));
    }

    /** RFC 8705 5 (A03): even where it is not called, what publishes one in the clear is not to be believed. */
    private @Nullable URI mutualTlsIntrospection(Map<String, Object> document) throws UnusableMetadataException {
        Object aliases = document.get("mtls_endpoint_aliases");
        if (aliases instanceof Map<?, ?> object) {
            return address(object, "introspection_endpoint");
        }
        if (aliases != null) {
            throw new UnusableMetadataException("has mtls_endpoint_aliases that are no object");
        }
        return null;
    }

    /** Of no use to most: what is wrong with it is no reason to do without the rest. */
    private @Nullable URI tokenEndpoint(Map<String, Object> document) {
        try {
            return address(document, "token_endpoint");
        } catch (UnusableMetadataException e) {
            return null;
        }
    }

    /** Null if there is no such member; what is no string is left out. */
    private static @Nullable Set<String> strings(Map<String, Object> document, String member) {
        Object value = document.get(member);
        if (value == null) {
            return null;
        }
        Collection<?> elements = value instanceof Collection<?> several ? several : List.of();
        return elements.stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .collect(Collectors.toSet());
    }

    /** RFC 8414 2 (A03): an absolute https address, plain http only where it is allowed. */
    private @Nullable URI address(Map<?, ?> document, String member) throws UnusableMetadataException {
        Object value = document.get(member);
        if (value == null) {
            return null;
        }
        try {
            URI uri = new URI(value instanceof String text ? text : "");
            boolean secure = "https".equalsIgnoreCase(uri.getScheme());
            boolean allowed = allowHttp && "http".equalsIgnoreCase(uri.getScheme());
            if ((secure || allowed)
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getFragment() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw new UnusableMetadataException("has a " + member + " that is no address");
        }
        throw new UnusableMetadataException("has a " + member + " that is not https: " + Quoted.of(value));
    }

    /** Goes on from the address that was asked, in our words. */
    private static final class UnusableMetadataException extends Exception {
        private static final long serialVersionUID = 1L;

        UnusableMetadataException(String message) {
            super(message, null, false, false);
        }
    }
}
