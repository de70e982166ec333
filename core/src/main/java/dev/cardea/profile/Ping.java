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
            .relaxes("`sub` may be missing", "client credentials tokens of PingOne have none")
            .relaxes(
                    "`iat` and `jti` may be missing",
                    "PingOne lists no `jti`, and what PingFederate writes is configured")
            .remark(
                    "`typ` has to be `at+jwt`. PingOne can include it, and always will from 2027-03-02. Without it nothing that was"
                            + " found tells an access token from an ID token, which PingOne signs with the same key.")
            .remark("`sid` is in users' tokens of PingOne; a client's own token has neither `sid` nor `sub` and is"
                    + " `UNKNOWN`, since PingFederate may leave `sub` out of a user's token too.")
            .remark(
                    "What PingFederate writes, its access token manager decides, whose fields were not in the stored copy: see to it"
                            + " that `typ`, `iss`, `aud` and `client_id` are there, or every token is refused.")
            .build();

    private Ping() {}
}
