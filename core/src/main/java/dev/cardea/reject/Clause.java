package dev.cardea.reject;

/**
 * The requirements that Cardea enforces, each by the specification that asks for it.
 *
 * <p>The id travels with a rejection into the decision event, and stands as a tag on the tests that hold it. One per
 * {@link Reason} and {@link Uncertainty}: a wrong audience is T03, whoever vouched for the token.
 */
public enum Clause {
    B03("RFC 6750 2.1", "credentials are one token68 after the scheme"),
    B05("RFC 9110 5.3", "Authorization is sent once"),
    B07("RFC 9700 4.3.2", "a token in the URI is ignored"),
    B09("RFC 6750 3", "a request without credentials is challenged"),
    B13("RFC 6750 3.1", "an unsupported scheme is challenged without an error code"),
    B15("RFC 6750 3.1", "an unusable token is invalid_token"),
    B16("RFC 6750 3.1", "insufficient scope is 403 insufficient_scope"),
    B19("RFC 6750 5.3", "credentials travel by TLS"),
    C03("RFC 9700 4.13", "what a browser adds by itself counts only from our own origin"),
    C04("RFC 9700 4.15", "a client's subject is not taken for a user's"),
    C05("ASVS 5.0 10.3.2", "decisions rest on what the token says"),
    D01("RFC 9449 4.3", "there is one DPoP field"),
    D02("RFC 9449 4.3", "the proof is one well-formed JWT"),
    D03("RFC 9449 4.3", "the proof has every member that it must have"),
    D04("RFC 9449 4.3", "the type of the proof is dpop+jwt"),
    D05("RFC 9449 4.3", "the algorithm of the proof is asymmetric and accepted"),
    D06("RFC 9449 4.3", "the signature verifies with the key in the proof"),
    D07("RFC 9449 4.3", "the key in the proof is a public one"),
    D08("RFC 9449 4.3", "htm is the method of the request"),
    D09("RFC 9449 4.3", "htu is the address of the request"),
    D12("RFC 9449 4.3", "the nonce is one of ours and recent"),
    D13("RFC 9449 4.3", "the proof was made just now"),
    D14("RFC 9449 4.3", "ath is the hash of the access token"),
    D15("RFC 9449 4.3", "the token is bound to the key of the proof"),
    D18("RFC 9449 7.1", "the scheme DPoP takes bound tokens only"),
    D30("RFC 9449 11.1", "a proof is accepted once"),
    D35("RFC 9449 11.1", "where nobody can tell whether a proof was used, nothing is granted"),
    D37("RFC 9449 4.2", "exp and nbf of a proof count"),
    D39("RFC 9449 6", "where bound tokens are demanded, unbound ones are refused"),
    D40("RFC 9449 7.2", "a bound token is never taken as a bearer token"),
    D42("RFC 9449 11", "what a proof can cost is bounded"),
    I06("RFC 7662 2.2", "an inactive token is invalid_token"),
    I07("RFC 7662 2.3", "a refusal of our own credentials is not the client's fault"),
    I09("RFC 7662 2.2", "an unreadable answer decides nothing"),
    M02("RFC 8705 3", "a token that is bound to a certificate comes with that certificate"),
    M14("RFC 7800 3.1", "a binding that cannot be checked is not met"),
    M15("RFC 9440 2.1", "a certificate in a header field is one certificate"),
    N13("RFC 9112 3.2", "Host is one host with an optional port"),
    N15("RFC 9068 4", "a token of an unknown issuer causes no call"),
    N22("RFC 9110 4.2.3", "a path that leads to different rules is refused"),
    T01("RFC 9068 4", "typ is an accepted one"),
    T02("RFC 9068 4", "iss is exactly the configured issuer"),
    T03("RFC 9068 4", "aud contains this resource server"),
    T04("RFC 9068 4", "the signature verifies with an allowed algorithm"),
    T05("RFC 8725 3.10", "keys come from configuration only"),
    T06("RFC 9068 4", "exp is in the future"),
    T07("RFC 9068 2.2", "required claims are present"),
    T11("RFC 9068 4", "what an encrypted token contains is signed"),
    T13("RFC 7519 4.1", "dates are numbers within range"),
    T18("RFC 7517", "an unreachable key set decides nothing"),
    W05("RFC 8725 3.3", "a cryptographic operation that fails refuses the whole token"),
    W06("RFC 8725 3.3", "a signed token has three segments"),
    W17("RFC 8725 3.14", "a compact token has one spelling"),
    W19("RFC 8725 3", "input is bounded before it is parsed"),
    W20("RFC 7515 4.1.11", "no critical extension is understood");

    private final String section;
    private final String rule;

    Clause(String section, String rule) {
        this.section = section;
        this.rule = rule;
    }

    /** The specification and section, for instance {@code RFC 9068 4}. */
    public String section() {
        return section;
    }

    /** What is asked, in our words. */
    public String rule() {
        return rule;
    }
}
