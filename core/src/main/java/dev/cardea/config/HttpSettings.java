package dev.cardea.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Outgoing calls to one authorization server.
 *
 * @param allowHttp {@code cardea.allow-http-issuer}: whether it may be asked over plain http
 * @param trustStore {@code cardea.http.trust-store}: PEM, PKCS12 or JKS file, or null for the platform's
 * @param trustStorePassword content of {@code cardea.http.trust-store-password-file}, or null
 * @param keyStore {@code cardea.http.key-store}: PEM, PKCS12 or JKS file with our own certificate and its key, or null
 * @param keyStorePasswordFile {@code cardea.http.key-store-password-file}, or null
 * @param proxy {@code cardea.http.proxy}, or null for what the JVM's own settings say
 * @param bearerTokenFile {@code cardea.http.bearer-token-file}: a token for metadata and keys, or null
 */
public record HttpSettings(
        boolean allowHttp,
        @Nullable Path trustStore,
        @Nullable Secret trustStorePassword,
        @Nullable Path keyStore,
        @Nullable Path keyStorePasswordFile,
        @Nullable ProxyAddress proxy,
        @Nullable Path bearerTokenFile) {

    /** Without a certificate of ours, a proxy and a bearer token. */
    public HttpSettings(boolean allowHttp, @Nullable Path trustStore, @Nullable Secret trustStorePassword) {
        this(allowHttp, trustStore, trustStorePassword, null, null, null, null);
    }
}
