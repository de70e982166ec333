package dev.cardea.certificate;

/**
 * The thumbprint of the certificate for which the client showed that it has the key, in a TLS handshake with the container or
 * with a trusted proxy.
 *
 * <p>Proves nothing about who issued the certificate, whom it names, or whether it is still valid: binding needs none of that
 * (RFC 8705 6.2). Whoever did the handshake decides whether a certificate that has ended, or is not known, is accepted, and so
 * whether we ever see it. Immutable.
 */
public final class ClientCertificate {
    private final byte[] thumbprint;
    private final boolean fromHeader;

    ClientCertificate(byte[] thumbprint, boolean fromHeader) {
        this.thumbprint = thumbprint;
        this.fromHeader = fromHeader;
    }

    /** SHA-256 of its DER encoding, 32 bytes: what {@code x5t#S256} is the base64url of (RFC 8705 3.1). A copy. */
    public byte[] thumbprint() {
        return thumbprint.clone();
    }

    /** Whether a proxy's header field told us. Answers that depend on it must say so to caches (RFC 9440 2.4). */
    public boolean fromHeader() {
        return fromHeader;
    }

    @Override
    public String toString() {
        return fromHeader ? "a certificate that a proxy forwarded" : "the certificate of the connection";
    }
}
