package dev.cardea.profile;

import dev.cardea.token.SubjectRule;

/** PingOne and PingFederate. */
final class Ping {
    static final Traits TRAITS = Traits.of("PingOne, PingFederate")
            .page(
                    "https://developer.pingidentity.com/pingone-api/foundations/authentication-concepts/access-tokens-and-id-tokens/token-claims.html")
            .page(
                    "https://docs.pingidentity.com/pingfederate/latest/administrators_reference_guide/pf_configure_json_token_management.html")
            .read(
                    "2026-11-21",
                    "Stored excerpts: of the first the part on access tokens, of the second the steps only. What ID tokens"
                            + " have was in neither.")
            .required("iss", "aud", "exp", "client_id")
            .accessTokensHave("client_id")
            .accessTokensLack(Traits.OF_ID_TOKENS)
            .accessTokensLack(Traits.OF_OTHER_KINDS)
            .subjects(SubjectRule.SESSION)
            .relaxes(
                    "`sub` may be missing",
                    "client credentials tokens of PingOne have none; PingFederate writes what is mapped")
            .relaxes("`iat` and `jti` may be missing", "PingFederate writes them if configured; PingOne lists no `jti`")
            .remark(
                    "`typ` has to be `at+jwt`. PingOne can include it, and always will from 2027-03-02; in PingFederate it is"
                            + " a setting of the access token manager. Without it nothing documented tells an access token from"
                            + " an ID token, which PingOne signs with the same key.")
            .remark("`sid` is in users' tokens of PingOne; a client's own token has neither `sid` nor `sub` and is"
                    + " `UNKNOWN`, since PingFederate may leave `sub` out of a user's token too.")
            .remark(
                    "PingFederate writes `iss` and `aud` only if its access token manager says so: without them every token"
                            + " is refused.")
            .build();

    private Ping() {}
}
