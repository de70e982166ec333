package dev.cardea.request;

/** The authentication schemes under which an access token is accepted (RFC 6750 2.1, RFC 9449 7.1). */
public enum AuthScheme {
    /** Whoever has the token may use it; of a token that is bound to a certificate, whoever shows that as well. */
    BEARER("Bearer"),
    /** Whoever proves possession of the key that the token is bound to. */
    DPOP("DPoP");

    private final String label;

    AuthScheme(String label) {
        this.label = label;
    }

    /** The scheme as the registry spells it; on the wire its case does not matter (RFC 9110 11.1). */
    public String label() {
        return label;
    }
}
