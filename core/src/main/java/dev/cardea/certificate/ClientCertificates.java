package dev.cardea.certificate;

import dev.cardea.log.RateLimitedLog;
import dev.cardea.reject.Quoted;
import dev.cardea.reject.Reason;
import dev.cardea.reject.RejectedException;
import dev.cardea.request.AddressRange;
import dev.cardea.request.IpAddress;
import dev.cardea.request.ReceivedRequest;
import java.lang.System.Logger.Level;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the certificate of a request's client (RFC 8705 3, RFC 9440 4).
 *
 * <p>Where a header format is configured and the peer is a trusted proxy, only the header field counts: a certificate on that
 * connection is the proxy's own. From every other peer only the connection's certificate counts, and a field of that name is
 * ignored and logged: anybody can write one. Where no format is configured, no field is read.
 *
 * <p>Validity dates, issuer, names and revocation are not looked at: the handshake was the container's or the proxy's, and so
 * is that decision. A token bound to a certificate ends when the token ends.
 *
 * <p>Thread-safe. Nothing is remembered: the thumbprint of a connection's certificate costs half a microsecond, that of a field
 * one to four.
 */
public final class ClientCertificates {
    private final @Nullable HeaderFormat format;
    private final String header;
    private final List<AddressRange> trustedProxies;
    private final RateLimitedLog log;

    private enum Trouble {
        FIELD_OF_A_STRANGER
    }

    /**
     * @param format how a proxy writes the certificate; null if none forwards any
     * @param header the name of its field; null for the format's own
     * @param trustedProxies whose field counts
     * @param log where strangers' fields are mentioned
     */
    public ClientCertificates(
            @Nullable HeaderFormat format,
            @Nullable String header,
            List<AddressRange> trustedProxies,
            RateLimitedLog log) {
        this.format = format;
        this.header = header != null ? header : format != null ? format.field() : "";
        this.trustedProxies = List.copyOf(trustedProxies);
        this.log = log;
    }

    /** The field that certificates may come in, for {@code Vary}; null if they come by connections only. */
    public @Nullable String header() {
        return format == null ? null : header;
    }

    /**
     * The certificate for which this request's client showed the key.
     *
     * @return null if it presented none
     * @throws RejectedException if a trusted proxy sends the field twice, or something that is no certificate
     */
    public @Nullable ClientCertificate of(ReceivedRequest request) throws RejectedException {
        HeaderFormat format = this.format;
        if (format == null) {
            // What a proxy shows on its connection to us is its own, and would make its clients one client.
            return isTrusted(request.peer()) ? null : ofConnection(request.clientCertificates());
        }
        List<String> fields = request.headers(header);
        if (isTrusted(request.peer())) {
            return ofHeader(format, fields);
        }
        if (!fields.isEmpty()) {
            log.failed(
                    Level.WARNING,
                    Trouble.FIELD_OF_A_STRANGER,
                    "The header field " + header + " of " + Quoted.of(request.peer())
                            + " is ignored: only a proxy in cardea.proxy.trusted may say what certificate a client has");
        }
        return ofConnection(request.clientCertificates());
    }

    private boolean isTrusted(@Nullable String peer) {
        IpAddress address = IpAddress.parse(peer);
        return address != null && trustedProxies.stream().anyMatch(range -> range.contains(address));
    }

    private @Nullable ClientCertificate ofHeader(HeaderFormat format, List<String> fields) throws RejectedException {
        if (fields.size() > 1) {
            throw new RejectedException(Reason.CERTIFICATE_MALFORMED, fields.size() + " header fields " + header);
        }
        String value = fields.isEmpty() ? "" : fields.get(0).strip();
        // Proxies that are told to set the field set an empty one where the client presented no certificate.
        if (value.isEmpty()) {
            return null;
        }
        try {
            return new ClientCertificate(format.thumbprint(value), true);
        } catch (MalformedCertificateException e) {
            throw new RejectedException(
                    Reason.CERTIFICATE_MALFORMED,
                    "the header field " + header + " is not what cardea.certificate-binding.header-format="
                            + format.word() + " says: " + e.getMessage());
        }
    }

    /** The first one: the others are those of its issuers. */
    private static @Nullable ClientCertificate ofConnection(List<X509Certificate> chain) throws RejectedException {
        if (chain.isEmpty()) {
            return null;
        }
        try {
            return new ClientCertificate(Der.thumbprint(chain.get(0).getEncoded()), false);
        } catch (CertificateEncodingException | MalformedCertificateException e) {
            throw new RejectedException(
                    Reason.CERTIFICATE_MALFORMED, "the certificate of the connection has no encoding");
        }
    }
}
