package dev.cardea.certificate;

import java.util.Base64;

/** Base64 with its standard alphabet (RFC 4648 4) and nothing else: no white space, no other alphabet. */
final class Base64Text {
    private Base64Text() {}

    /** RFC 8941 3.3.5: that padding is missing is no reason to refuse. The digest is of what is decoded. */
    static byte[] decode(String text) throws MalformedCertificateException {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            // Its message quotes the character.
            throw new MalformedCertificateException("not base64");
        }
    }
}
