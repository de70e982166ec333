package dev.cardea.discovery;

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
    /** How we authenticate when we introspect, by its registered name (RFC 7591 2). */
    String OUR_METHOD = "client_secret_basic";

    /** The metadata, not older than its source allows. */
    AuthorizationServerMetadata metadata() throws UndeterminedException;

    /** What the issuer's settings are called. */
    default SettingNames names() {
        return SettingNames.MAIN;
    }

    /** The address of the key set. */
    default Endpoint jwks() {
        return () -> published(metadata().jwksUri(), "jwks_uri", names().of("jwks.url"));
    }

    /**
     * The address of the introspection endpoint, if it takes the credentials that we have.
     *
     * <p>RFC 8414 2 (A05): where the issuer says how clients authenticate there and our way is not among it, nothing is
     * sent: the secret would be shown to an endpoint that does not want it. {@code cardea.introspection.url} asks it all the
     * same.
     */
    default Endpoint introspection() {
        return () -> {
            AuthorizationServerMetadata metadata = metadata();
            Set<String> methods = metadata.introspectionAuthMethods();
            if (methods != null && !methods.contains(OUR_METHOD)) {
                throw new UndeterminedException(
                        Uncertainty.DISCOVERY_FAILED,
                        "the issuer's metadata says that its introspection endpoint takes "
                                + Quoted.of(new TreeSet<>(methods)) + " and not " + OUR_METHOD
                                + ", which is what Cardea has: set cardea.introspection.url if it does take it");
            }
            return published(metadata.introspectionEndpoint(), "introspection_endpoint", "cardea.introspection.url");
        };
    }

    private static URI published(@Nullable URI uri, String member, String key) throws UndeterminedException {
        if (uri == null) {
            throw new UndeterminedException(
                    Uncertainty.DISCOVERY_FAILED, "the issuer's metadata has no " + member + ": set " + key);
        }
        return uri;
    }
}
