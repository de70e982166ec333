package dev.cardea.certificate;

/**
 * RFC 3986 2.1. A plus sign stays one: in PEM it is a digit of base64, and proxies leave it as it is. What is not encoded is
 * left alone.
 */
final class PercentEncoding {
    private PercentEncoding() {}

    static String decode(String text) throws MalformedCertificateException {
        int percent = text.indexOf('%');
        if (percent < 0) {
            return text;
        }
        StringBuilder decoded = new StringBuilder(text.length());
        int from = 0;
        while (percent >= 0) {
            decoded.append(text, from, percent).append((char) octet(text, percent + 1));
            from = percent + 3;
            percent = text.indexOf('%', from);
        }
        return decoded.append(text, from, text.length()).toString();
    }

    private static int octet(String text, int at) throws MalformedCertificateException {
        int high = at + 1 < text.length() ? Character.digit(text.charAt(at), 16) : -1;
        int low = at + 1 < text.length() ? Character.digit(text.charAt(at + 1), 16) : -1;
        // Character.digit knows the digits of other scripts too.
        if (high < 0 || low < 0 || text.charAt(at) > 'f' || text.charAt(at + 1) > 'f') {
            throw new MalformedCertificateException("a percent sign without two hexadecimal digits");
        }
        return high << 4 | low;
    }
}
