package dev.cardea.testkit;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The other kinds of JWT that an authorization server signs, none of which is an access token (RFC 8725 3.12).
 *
 * <p>Each is made of an access token of the same issuer, for the same audience, signed with the same key: the hardest case,
 * since nothing but what makes it another kind tells the two apart. What an ID token or a refresh token looks like is for
 * the product to say: {@link Product}.
 *
 * <p><strong>Whoever builds a receiver of another kind of JWT adds its row here</strong>; every matrix that loops over these
 * values then has it. In Cardea its mark goes into {@code Traits.OF_OTHER_KINDS}.
 */
public enum ForeignToken {
    /** RFC 9449 4.2. */
    DPOP_PROOF("dpop+jwt", token -> token.claim("htm", "GET")
            .claim("htu", "https://api.example/orders")
            .claim("ath", "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo")),

    /** RFC 8417 2.2, as CAEP uses it. */
    SECURITY_EVENT_TOKEN("secevent+jwt", token -> token.claim("sub_id", Map.of("format", "opaque", "id", "alice"))
            .claim(
                    "events",
                    Map.of(
                            "https://schemas.openid.net/secevent/caep/event-type/session-revoked",
                            Map.of("event_timestamp", token.issuedAt())))),

    /** OpenID Connect Back-Channel Logout 2.4. */
    LOGOUT_TOKEN("logout+jwt", token -> token.claim("sid", "session-1")
            .claim("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()))),

    /** RFC 9701 5. */
    INTROSPECTION_RESPONSE(
            "token-introspection+jwt",
            token -> token.claim("token_introspection", Map.of("active", true, "scope", "orders:read"))),

    /** draft-ietf-oauth-transaction-tokens. */
    TRANSACTION_TOKEN("txntoken+jwt", token -> token.claim("txn", "97053963-771d-49cc-a4e3-20aad399c312")
            .claim("tctx", Map.of("order", "42"))
            .claim("rctx", Map.of("req_ip", "192.0.2.1"))),

    /** draft-ietf-oauth-status-list 5.1. */
    STATUS_LIST("statuslist+jwt", token -> token.claim("ttl", 43200)
            .claim("status_list", Map.of("bits", 1, "lst", "eNrbuRgAAhcBXQ")));

    private final String type;
    private final UnaryOperator<AccessTokens> change;

    ForeignToken(String type, UnaryOperator<AccessTokens> change) {
        this.type = type;
        this.change = change;
    }

    /** The {@code typ} that its specification asks for. */
    public String type() {
        return type;
    }

    /** {@code accessToken} with everything on it that makes it this kind, its {@code typ} included. */
    public AccessTokens of(AccessTokens accessToken) {
        return change.apply(accessToken).header("typ", type);
    }

    /**
     * The same token as an issuer writes it that says {@code typ} in its own way: as its specification asks, as
     * {@code JWT}, and not at all.
     */
    public static List<AccessTokens> typings(AccessTokens token) {
        return List.of(token, token.header("typ", "JWT"), token.withoutHeader("typ"));
    }
}
