package dev.cardea.profile;

import dev.cardea.token.SubjectRule;

/** authentik. */
final class Authentik {
    static final Traits TRAITS = Traits.of("authentik")
            .page("https://docs.goauthentik.io/add-secure-apps/providers/oauth2/")
            .read(
                    "2026-11-21",
                    "The page, in the repository `goauthentik/authentik`, lists no claims. Rests on the code that writes the"
                            + " tokens, `authentik/providers/oauth2/id_token.py` and `models.py`, in a version before jti"
                            + " (#20484, 2026-02) and perhaps before scope (#16454, 2025-08) came into them.")
            .types("at+jwt", "jwt")
            .required("iss", "sub", "aud", "exp", "iat")
            .accessTokensHave("azp", "uid")
            .accessTokensLack("at_hash")
            .accessTokensLack(Traits.OF_OTHER_KINDS)
            .clientId("azp")
            .roles("groups")
            .subjects(SubjectRule.SESSION)
            .relaxes("`typ` may be `JWT`", "it is in access tokens and ID tokens")
            .relaxes("`client_id` may be missing", "the client is in `azp`")
            .relaxes("`jti` may be missing", "versions before 2026 write none")
            .remark(
                    "An access token is the ID token with `azp` and `uid` added, `nonce` and all. These two claims are all"
                            + " that tells them apart, and `aud` is the client in both: no scope mapping may put `azp` and `uid`"
                            + " into ID tokens.")
            .remark("`aud` is the provider's client id: an API that is called by several clients lists them in"
                    + " `cardea.audience`.")
            .remark(
                    "A signing key has to be selected: without one tokens are signed with the client's secret (HS256), which"
                            + " is refused.")
            .remark(
                    "Groups come with the scope `profile` and become roles and groups. Client credentials make a service"
                            + " account with a `sub` like a user's: without a session `subjectType()` is `UNKNOWN`.")
            .build();

    private Authentik() {}
}
