package dev.cardea.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Every outgoing call.
 *
 * @param allowHttp {@code cardea.allow-http-issuer}: whether authorization servers may be asked over plain http
 * @param trustStore {@code cardea.http.trust-store}: PKCS12 or JKS file, or null for the platform's
 * @param trustStorePassword content of {@code cardea.http.trust-store-password-file}, or null
 */
public record HttpSettings(
        boolean allowHttp,
        @Nullable Path trustStore,
        @Nullable Secret trustStorePassword) {}
