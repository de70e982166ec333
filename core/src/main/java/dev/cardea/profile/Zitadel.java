package dev.cardea.profile;

import dev.cardea.token.SubjectRule;

/** ZITADEL, clients whose access token type is JWT. */
final class Zitadel {
    static final Traits TRAITS = Traits.of("ZITADEL")
            .page("https://zitadel.com/docs/apis/openidoauth/claims")
            .page("https://zitadel.com/docs/apis/openidoauth/scopes")
            .read(
                    "2026-11-21",
                    "The first page's source in the repository `zitadel/zitadel`, a copy of the second, and the code that writes the tokens,"
                            + " `zitadel/oidc` at 81322d9 (2026-08-17), for `typ` and `client_id`.")
            .types("at+jwt", "jwt")
            .required("iss", "sub", "aud", "exp", "iat", "jti")
            .accessTokensHave("jti")
            .accessTokensLack("auth_time", "amr", "acr")
            .accessTokensLack(Traits.OF_ID_TOKENS)
            .accessTokensLack(Traits.OF_OTHER_KINDS)
            .clientId("client_id", "azp")
            .roles()
            .speaksOfOthers(
                    "urn:zitadel:iam:org:project:roles",
                    "urn:zitadel:iam:org:project:<project id>:roles/* with the id of this API's own project")
            .subjects(SubjectRule.SESSION)
            .relaxes("`typ` may be `JWT`", "it always is, in access tokens and ID tokens")
            .relaxes("`client_id` may be missing", "the page names `azp`; newer versions write `client_id`")
            .remark(
                    "Access tokens have `jti` and none of `nonce`, `auth_time`, `amr`, `acr`; with ID tokens it is the other"
                            + " way round. This matters more than elsewhere: both kinds name the project and all its clients in `aud`.")
            .remark("`aud` holds the project's id if the client asks for the scope"
                    + " `urn:zitadel:iam:org:project:id:<id>:aud`: make it the audience, not a client's id. Any client of any project may ask for that scope, so a valid"
                    + " token says nothing about what its holder may do here: require a role of your own project.")
            .remark(
                    "No roles by default. Set `cardea.roles.claims=urn:zitadel:iam:org:project:<project id>:roles/*` with the id of"
                            + " this API's own project: the names of its members are the roles that users have in it. It is there if the client asks"
                            + " for the scope `urn:zitadel:iam:org:projects:roles` as well.")
            .remark(
                    "`urn:zitadel:iam:org:project:roles` holds the roles in the project of the client that asked, whoever's that is;"
                            + " to read rights from it stops the start.")
            .remark(
                    "JWTs carry no `scope` (zitadel/zitadel#12180): `@RequiresScope` needs introspection, roles do not.")
            .remark(
                    "Machine users have a `sub` like users', and access tokens no session: `subjectType()` is `UNKNOWN`.")
            .build();

    private Zitadel() {}
}
