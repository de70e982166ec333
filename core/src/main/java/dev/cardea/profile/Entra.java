package dev.cardea.profile;

import dev.cardea.token.SubjectRule;

/** Microsoft Entra ID, access tokens of version 1.0 and 2.0. */
final class Entra {
    static final Traits TRAITS = Traits.of("Microsoft Entra ID")
            .page("https://learn.microsoft.com/en-us/entra/identity-platform/access-token-claims-reference")
            .page("https://learn.microsoft.com/en-us/entra/identity-platform/id-token-claims-reference")
            .page("https://learn.microsoft.com/en-us/entra/identity-platform/access-tokens")
            .read("2026-11-21", "As the files of these names in the repository `MicrosoftDocs/entra-docs`.")
            .types("at+jwt", "jwt")
            .required("iss", "sub", "aud", "exp", "iat")
            .accessTokensHaveOneOf("azp", "appid")
            .accessTokensLack(Traits.OF_ID_TOKENS)
            .accessTokensLack(Traits.OF_OTHER_KINDS)
            .clientId("azp", "appid")
            .scopes("scp")
            .subjects(SubjectRule.DELEGATED)
            .relaxes("`typ` may be `JWT`", "it always is, in access tokens and ID tokens")
            .relaxes("`client_id` may be missing", "the client is in `azp` (version 2.0) or `appid` (version 1.0)")
            .relaxes("`jti` may be missing", "the token's id is called `uti`")
            .remark("Every access token has `azp` or `appid`; the ID token's list of claims has neither.")
            .remark(
                    "`cardea.issuer` is `https://login.microsoftonline.com/<tenant id>/v2.0` for tokens of version 2.0 and"
                            + " `https://sts.windows.net/<tenant id>/` for those of version 1.0; which an API gets is"
                            + " `accessTokenAcceptedVersion` of its manifest. Version 1.0 has its metadata elsewhere than its issuer says:"
                            + " set `cardea.jwks.url`.")
            .remark("`aud` is the API's client id (a GUID) in version 2.0; in version 1.0 it may be its `api://` URI as"
                    + " well: list both in `cardea.audience`.")
            .remark("Tenants share signing keys, so the exact `iss` is what keeps other tenants out. The addresses"
                    + " `common`, `organizations` and `consumers`, and any `{tenantid}` template, are not supported: name"
                    + " each tenant under `cardea.issuers`.")
            .remark(
                    "`scp` is in users' tokens only, `roles` holds app roles and application permissions. A client's own"
                            + " token is known by `idtyp`, an optional claim: without it `subjectType()` is `UNKNOWN`.")
            .remark("`sub` differs per application; for one id in all of them set `cardea.principal.claim=oid`.")
            .build();

    private Entra() {}
}
