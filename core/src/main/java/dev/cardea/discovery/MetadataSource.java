package dev.cardea.discovery;

import dev.cardea.reject.SettingNames;
import dev.cardea.reject.Uncertainty;
import dev.cardea.reject.UndeterminedException;
import java.net.URI;
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
        return () -> published(metadata().jwksUri(), "jwks_uri", names().of("jwks.url"));
    }

    /** The address of the introspection endpoint. */
    default Endpoint introspection() {
        return () ->
                published(metadata().introspectionEndpoint(), "introspection_endpoint", "cardea.introspection.url");
    }

    private static URI published(@Nullable URI uri, String member, String key) throws UndeterminedException {
        if (uri == null) {
            throw new UndeterminedException(
                    Uncertainty.DISCOVERY_FAILED, "the issuer's metadata has no " + member + ": set " + key);
        }
        return uri;
    }
}
