package dev.cardea.certificate;

/** A field is no certificate in its format. The message is of our own words; nothing of the field stands in it. */
final class MalformedCertificateException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedCertificateException(String message) {
        super(message, null, false, false);
    }
}
