package dev.cardea.profile;

import dev.cardea.token.SubjectRule;

/** Okta, custom authorization servers. */
final class Okta {
    static final Traits TRAITS = Traits.of("Okta, custom authorization servers")
            .page("https://developer.okta.com/docs/reference/api/oidc/")
            .read(
                    "2026-11-21",
                    "The source of that page in the repository `okta/okta-developer-docs`. Its newer address is"
                            + " https://developer.okta.com/docs/api/openapi/okta-oauth/, whose stored copy lists no claims.")
            .acceptsUntyped()
            .required("iss", "sub", "aud", "exp", "iat", "jti")
            .accessTokensHave("cid")
            .accessTokensLack(Traits.OF_ID_TOKENS)
            .accessTokensLack(Traits.OF_OTHER_KINDS)
            .clientId("cid")
            .scopes("scp")
            .subjects(SubjectRule.USER_ID)
            .relaxes("`typ` may be missing", "the header has `alg` and `kid` only, in access tokens and ID tokens")
            .relaxes("`client_id` may be missing", "the client is in `cid`")
            .remark(
                    "Access tokens have `cid`, `scp` (an array) and, if there is a user, `uid`; ID tokens have none of them.")
            .remark("Not for the org authorization server, whose access tokens are for Okta alone and may change"
                    + " (`typ: application/okta-internal-at+jwt`): they are refused.")
            .remark("Groups are there if a claim `groups` is configured for access tokens.")
            .build();

    private Okta() {}
}
