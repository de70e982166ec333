package dev.cardea.certificate;

/**
 * The textual encoding of a certificate (RFC 7468 5), as proxies hand it on: with line breaks of any kind, or with spaces or
 * tabs where these were. Text before and behind it is not read, and neither are further certificates.
 */
final class Pem {
    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final String END = "-----END CERTIFICATE-----";

    private Pem() {}

    /** DER of the first certificate: where there is a chain, that is the client's own. */
    static byte[] firstCertificate(String text) throws MalformedCertificateException {
        int start = begin(text);
        int end = start < 0 ? -1 : text.indexOf('-', start);
        if (end < 0 || !text.startsWith(END, end)) {
            throw new MalformedCertificateException("no certificate in PEM");
        }
        StringBuilder base64 = new StringBuilder(end - start);
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c != '\n' && c != '\r' && c != ' ' && c != '\t') {
                base64.append(c);
            }
        }
        return Base64Text.decode(base64.toString());
    }

    /**
     * Where the first one's base64 begins, or -1. Its label begins a line: tools print the certificate's names before it, and
     * whoever chose these could have chosen a label.
     */
    private static int begin(String text) {
        int at = text.indexOf(BEGIN);
        while (at > 0 && text.charAt(at - 1) != '\n' && text.charAt(at - 1) != '\r') {
            at = text.indexOf(BEGIN, at + 1);
        }
        return at < 0 ? -1 : at + BEGIN.length();
    }
}
