package dev.cardea.certificate;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The outline of a certificate in DER (RFC 5280 4.1, X.690 10.1): one SEQUENCE of a SEQUENCE, a SEQUENCE and a BIT STRING, and
 * nothing behind it. What is in them is not parsed, so nothing in them can harm us: the thumbprint is of the bytes.
 */
final class Der {
    private static final int SEQUENCE = 0x30;
    private static final int BIT_STRING = 0x03;
    private static final int MAX_LENGTH_OCTETS = 3;

    private final byte[] der;
    private int at;

    private Der(byte[] der) {
        this.der = der;
    }

    /** SHA-256 of {@code der}, if it has the outline of one certificate. */
    static byte[] thumbprint(byte[] der) throws MalformedCertificateException {
        if (!new Der(der).isCertificate()) {
            throw new MalformedCertificateException("not one certificate in DER");
        }
        try {
            return MessageDigest.getInstance("SHA-256").digest(der);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private boolean isCertificate() {
        return end(SEQUENCE) == der.length && skip(SEQUENCE) && skip(SEQUENCE) && skip(BIT_STRING) && at == der.length;
    }

    private boolean skip(int tag) {
        int end = end(tag);
        at = end;
        return end >= 0;
    }

    /** Enters the element of that tag and says where it ends; -1 if none is there, or longer than what is left. */
    private int end(int tag) {
        if (der.length - at < 2 || (der[at] & 0xff) != tag) {
            return -1;
        }
        int first = der[at + 1] & 0xff;
        at += 2;
        int length = first < 0x80 ? first : longLength(first - 0x80);
        return length < 0 || length > der.length - at ? -1 : at + length;
    }

    /** In as few octets as possible, or it is not DER; -1 if not so, or if longer than anything here. */
    private int longLength(int octets) {
        if (octets < 1 || octets > MAX_LENGTH_OCTETS || octets > der.length - at || der[at] == 0) {
            return -1;
        }
        int length = 0;
        for (int i = 0; i < octets; i++) {
            length = length << Byte.SIZE | (der[at++] & 0xff);
        }
        return length < 0x80 ? -1 : length;
    }
}
