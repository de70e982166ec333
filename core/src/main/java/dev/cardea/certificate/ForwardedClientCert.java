package dev.cardea.certificate;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Envoy's {@code X-Forwarded-Client-Cert}: elements with commas between them, one for each proxy; in each, keys and values with
 * semicolons between them. Values may stand in double quotes, in which a backslash makes the next character an ordinary one.
 *
 * <p>The last element counts: it is what the nearest proxy appended about the certificate that it was shown itself. Those before
 * it are other proxies', or the client's own invention. Of the last one counts {@code Cert}, the certificate in percent-encoded
 * PEM, or {@code Hash}, its SHA-256 in hexadecimal; where both are there they have to agree.
 *
 * <p>Envoy writes {@code URI} and {@code DNS} out of the client's certificate and does not quote them. A client with a
 * certificate for the URI {@code a,Hash=…} would so append an element of its own. Therefore nothing that counts may stand
 * behind such a value: neither a further element nor a {@code Hash} or {@code Cert}. Envoy writes those two first.
 *
 * <p>Serves one field; not thread-safe.
 */
final class ForwardedClientCert {
    private static final int THUMBPRINT_BYTES = 32;

    private final String field;
    private int at;
    private @Nullable String hash;
    private @Nullable String certificate;
    private boolean clientsText;

    private ForwardedClientCert(String field) {
        this.field = field;
    }

    static byte[] thumbprint(String field) throws MalformedCertificateException {
        ForwardedClientCert elements = new ForwardedClientCert(field);
        while (elements.pair()) {
            // all of them are read, so that the last element is known
        }
        return elements.ofLast();
    }

    private byte[] ofLast() throws MalformedCertificateException {
        byte[] hashed = hash == null ? null : digest(hash);
        byte[] shown =
                certificate == null ? null : Der.thumbprint(Pem.firstCertificate(PercentEncoding.decode(certificate)));
        if (hashed != null && shown != null && !Arrays.equals(hashed, shown)) {
            throw new MalformedCertificateException("Hash is not that of Cert");
        }
        if (shown != null) {
            return shown;
        }
        if (hashed != null) {
            return hashed;
        }
        throw new MalformedCertificateException("neither Hash nor Cert in the last element");
    }

    private static byte[] digest(String hex) throws MalformedCertificateException {
        if (hex.length() != 2 * THUMBPRINT_BYTES) {
            throw new MalformedCertificateException("Hash is not a SHA-256 digest");
        }
        try {
            return HexFormat.of().parseHex(hex);
        } catch (IllegalArgumentException e) {
            throw new MalformedCertificateException("Hash is not hexadecimal");
        }
    }

    /** Reads a key, its value and the separator behind it; whether there was one, so that more has to follow. */
    private boolean pair() throws MalformedCertificateException {
        int equals = field.indexOf('=', at);
        String key = equals < 0 ? "" : field.substring(at, equals).strip().toLowerCase(Locale.ROOT);
        if (!key.matches("[a-z]+")) {
            throw new MalformedCertificateException("no key, or one without a value");
        }
        at = equals + 1;
        boolean quoted = at < field.length() && field.charAt(at) == '"';
        take(key, quoted ? quoted() : unquoted(), quoted);
        if (at == field.length()) {
            return false;
        }
        if (field.charAt(at++) == ',') {
            beginElement();
        }
        return true;
    }

    private void beginElement() throws MalformedCertificateException {
        if (clientsText) {
            throw new MalformedCertificateException("an element behind a value of the client's that is not quoted;"
                    + " let the proxy set the field instead of appending to it");
        }
        hash = null;
        certificate = null;
    }

    private void take(String key, String value, boolean quoted) throws MalformedCertificateException {
        switch (key) {
            case "hash" -> hash = first(hash, value);
            case "cert" -> certificate = first(certificate, value);
            case "by" -> {
                // the proxy's own certificate
            }
            default -> clientsText |= !quoted;
        }
    }

    private String first(@Nullable String present, String value) throws MalformedCertificateException {
        if (present != null || clientsText) {
            throw new MalformedCertificateException("Hash or Cert twice, or behind a value that is not quoted");
        }
        return value;
    }

    private String unquoted() throws MalformedCertificateException {
        int start = at;
        while (at < field.length() && field.charAt(at) != ';' && field.charAt(at) != ',') {
            if (field.charAt(at) == '"') {
                throw new MalformedCertificateException("a quote within a value");
            }
            at++;
        }
        return field.substring(start, at);
    }

    private String quoted() throws MalformedCertificateException {
        StringBuilder value = new StringBuilder();
        for (at++; at < field.length() && field.charAt(at) != '"'; at++) {
            if (field.charAt(at) == '\\' && at + 1 < field.length()) {
                at++;
            }
            value.append(field.charAt(at));
        }
        at++;
        if (at > field.length() || (at < field.length() && field.charAt(at) != ';' && field.charAt(at) != ',')) {
            throw new MalformedCertificateException("a quoted value that does not end, or not where it should");
        }
        return value.toString();
    }
}
