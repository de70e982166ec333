package dev.cardea.discovery;

import dev.cardea.config.ClientSettings;
import dev.cardea.reject.Quoted;
import dev.cardea.reject.SettingNames;
import dev.cardea.reject.Uncertainty;
import dev.cardea.reject.UndeterminedException;
import java.net.URI;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Where an authorization server's metadata comes from. Implementations are thread-safe. */
public interface MetadataSource {
    /** The metadata, not older than its source allows. */
    AuthorizationServerMetadata metadata() throws UndeterminedException;

    /** What the issuer's settings are called. */
    default SettingNames names() {
        return SettingNames.MAIN;
    }

    /** The address of the key set. */
    default Endpoint jwks() {
        return () -> published(metadata().jwksUri(), "jwks_uri", names().of("jwks.url"), Uncertainty.DISCOVERY_FAILED);
    }

    /**
     * The address of the introspection endpoint, if it takes the credentials that we have; for a certificate the one that asks
     * for it, where there is such a one (RFC 8705 5).
     *
     * <p>RFC 8414 2 (A05): where the issuer says how clients authenticate there and our way is not among it, nothing is
     * sent: the secret would be shown to an endpoint that does not want it. {@code cardea.introspection.url} asks it all the
     * same.
     */
    default Endpoint introspection(ClientSettings.Method method) {
        return () -> {
            AuthorizationServerMetadata metadata = metadata();
            requireMethod(metadata.introspectionAuthMethods(), method);
            URI alias = method.showsCertificate() ? metadata.mutualTlsIntrospectionEndpoint() : null;
            return alias != null
                    ? alias
                    : published(
                            metadata.introspectionEndpoint(),
                            "introspection_endpoint",
                            names().of("introspection.url"),
                            Uncertainty.INTROSPECTION_REFUSED);
        };
    }

    /** The address of the token endpoint. */
    default Endpoint token() {
        return () -> published(
                metadata().tokenEndpoint(),
                "token_endpoint",
                names().of("introspection.token-url"),
                Uncertainty.INTROSPECTION_REFUSED);
    }

    private void requireMethod(@Nullable Set<String> methods, ClientSettings.Method method)
            throws UndeterminedException {
        if (methods == null || methods.stream().anyMatch(method::isCalled)) {
            return;
        }
        throw new UndeterminedException(
                Uncertainty.INTROSPECTION_REFUSED,
                "the issuer's metadata says that its introspection endpoint takes "
                        + Quoted.of(new TreeSet<>(methods)) + " and not " + method.word() + ": set "
                        + names().of("introspection.auth-method") + " to one of these, or "
                        + names().of("introspection.url") + " if it does take it");
    }

    /** @param without what that means: an endpoint that is not there is no outage, which would pass, but a setting */
    private static URI published(@Nullable URI uri, String member, String key, Uncertainty without)
            throws UndeterminedException {
        if (uri == null) {
            throw new UndeterminedException(without, "the issuer's metadata has no " + member + ": set " + key);
        }
        return uri;
    }
}
