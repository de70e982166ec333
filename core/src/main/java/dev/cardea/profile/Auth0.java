package dev.cardea.profile;

import dev.cardea.token.SubjectRule;

/** Auth0: both access token profiles that it offers for an API. */
final class Auth0 {
    static final Traits TRAITS = Traits.of("Auth0")
            .page("https://auth0.com/docs/secure/tokens/access-tokens/access-token-profiles")
            .page("https://auth0.com/docs/secure/tokens/id-tokens/id-token-structure")
            .read(
                    "2026-11-21",
                    "Stored copies of both pages, and of the first page's draft at `auth0-migration.mintlify.app`.")
            .types("at+jwt", "jwt")
            .required("iss", "sub", "aud", "exp", "iat")
            .accessTokensHaveOneOf("client_id", "azp")
            .accessTokensLack(Traits.OF_ID_TOKENS)
            .accessTokensLack(Traits.OF_OTHER_KINDS)
            .clientId("client_id", "azp")
            .roles("permissions")
            .subjects(SubjectRule.CLIENTS_SUFFIX)
            .relaxes("`typ` may be `JWT`", "it is, unless the API uses the RFC 9068 profile")
            .relaxes("`client_id` may be missing", "the Auth0 profile has `azp` instead")
            .relaxes("`jti` may be missing", "the Auth0 profile has none")
            .remark(
                    "An API that uses the RFC 9068 profile works with `cardea.issuer-profile=generic` too, and strictly.")
            .remark("Access tokens have `azp` or `client_id`; ID tokens have neither, and the application as `aud`.")
            .remark(
                    "`permissions` is there if the API has RBAC and *Add Permissions in the Access Token*; it becomes the"
                            + " roles. Roles themselves are in no token unless an Action puts them into a claim.")
            .remark("The issuer ends with a slash.")
            .build();

    private Auth0() {}
}
