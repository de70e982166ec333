package dev.cardea.config;

import org.jspecify.annotations.Nullable;

/**
 * {@code cardea.certificate-binding.*}: how bindings to client certificates are checked (RFC 8705 3).
 *
 * @param headerFormat the word of the format in which trusted proxies hand certificates on (RFC 9440 and others), or null if they
 *     do not: then only the certificate of the connection counts
 * @param header the header field in which they do, or null for the usual one of the format
 */
public record CertificateSettings(
        BindingMode mode,
        @Nullable String headerFormat,
        @Nullable String header) {}
