package dev.cardea.testkit;

/** The endpoints of {@link TestAuthorizationServer}. */
public enum Endpoint {
    /** RFC 8414: the well-known part before the issuer's path. */
    OAUTH_METADATA("/.well-known/oauth-authorization-server/as"),
    /** OpenID Connect Discovery: behind it. */
    OPENID_METADATA("/as/.well-known/openid-configuration"),
    JWKS("/as/jwks"),
    INTROSPECTION("/as/introspect"),
    /** RFC 6749 4.4: tokens for clients themselves. */
    TOKEN("/as/token"),
    /** Where redirects and the key URLs of forged tokens lead. Nobody should ever ask. */
    ATTACKER("/attacker/"),
    /** Anything else; 404. */
    OTHER("/");

    private final String path;

    Endpoint(String path) {
        this.path = path;
    }

    public String path() {
        return path;
    }

    static Endpoint of(String path) {
        for (Endpoint endpoint : values()) {
            if (endpoint == ATTACKER ? path.startsWith(endpoint.path) : path.equals(endpoint.path)) {
                return endpoint;
            }
        }
        return OTHER;
    }
}
