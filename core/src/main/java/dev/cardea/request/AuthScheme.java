package dev.cardea.request;

/** The authentication schemes under which an access token is accepted (RFC 6750 2.1; RFC 9449 7.1 is to follow). */
public enum AuthScheme {
    BEARER("Bearer");

    private final String label;

    AuthScheme(String label) {
        this.label = label;
    }

    /** The scheme as the registry spells it; on the wire its case does not matter (RFC 9110 11.1). */
    public String label() {
        return label;
    }
}
