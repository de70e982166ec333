package dev.cardea.certificate;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a proxy writes a client's certificate into a header field: {@code cardea.certificate-binding.header-format}. */
public enum HeaderFormat {
    /** RFC 9440 2.1: one Byte Sequence of RFC 8941 3.3.5, base64 of DER between colons. */
    RFC9440("Client-Cert") {
        @Override
        byte[] read(String value) throws MalformedCertificateException {
            String base64 = between(value, ':');
            if (base64 == null) {
                throw new MalformedCertificateException("no Byte Sequence between colons");
            }
            return Der.thumbprint(Base64Text.decode(base64));
        }
    },

    /** Envoy's XFCC, with the certificate or with its digest: see {@link ForwardedClientCert}. */
    ENVOY("X-Forwarded-Client-Cert") {
        @Override
        byte[] read(String value) throws MalformedCertificateException {
            return ForwardedClientCert.thumbprint(value);
        }
    },

    /** PEM, percent-encoded ({@code $ssl_client_escaped_cert}) or with its line breaks turned into white space. */
    NGINX("X-SSL-Client-Cert") {
        @Override
        byte[] read(String value) throws MalformedCertificateException {
            return ofEncodedPem(value);
        }
    },

    /** PEM, percent-encoded but for {@code + = /}: of the client's certificate, or in another field of it and its issuers'. */
    ALB("X-Amzn-Mtls-Clientcert-Leaf") {
        @Override
        byte[] read(String value) throws MalformedCertificateException {
            return ofEncodedPem(value);
        }
    },

    /** Base64 of DER ({@code ssl_c_der,base64}), bare or in quotes or colons. */
    HAPROXY("X-SSL-Client-DER") {
        @Override
        byte[] read(String value) throws MalformedCertificateException {
            String inner = between(value, '"');
            String base64 = between(inner == null ? value : inner, ':');
            return Der.thumbprint(Base64Text.decode(base64 != null ? base64 : inner != null ? inner : value));
        }
    };

    /** A certificate has one to four thousand characters; a chain of them, with a post-quantum signature, four times that. */
    static final int MAX_LENGTH = 32_768;

    private final String field;

    HeaderFormat(String field) {
        this.field = field;
    }

    /** The field's name where no other one is configured. */
    public String field() {
        return field;
    }

    /** As it is written in settings. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one that is written so; {@link IllegalArgumentException} if there is none. */
    public static HeaderFormat named(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** SHA-256 of the DER encoding of the client's own certificate. */
    final byte[] thumbprint(String value) throws MalformedCertificateException {
        if (value.length() > MAX_LENGTH) {
            throw new MalformedCertificateException("more than " + MAX_LENGTH + " characters");
        }
        return read(value);
    }

    abstract byte[] read(String value) throws MalformedCertificateException;

    /** Neither proxy leaves a comma as it is: there is one where somebody has joined two fields, the first one a client's. */
    private static byte[] ofEncodedPem(String value) throws MalformedCertificateException {
        if (value.indexOf(',') >= 0) {
            throw new MalformedCertificateException("a list");
        }
        return Der.thumbprint(Pem.firstCertificate(PercentEncoding.decode(value)));
    }

    private static @Nullable String between(String value, char mark) {
        int last = value.length() - 1;
        return last >= 1 && value.charAt(0) == mark && value.charAt(last) == mark ? value.substring(1, last) : null;
    }
}
