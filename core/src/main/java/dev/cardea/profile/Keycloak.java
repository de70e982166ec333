package dev.cardea.profile;

import dev.cardea.token.SubjectRule;

/**
 * Keycloak. {@code DPoP} is an access token too; whether it may be used is for its {@code cnf} to say. A client that acts
 * for itself has a {@code sub} like a user's, and the addresses {@code clientHost} and {@code clientAddress}; a user's token
 * has a session, {@code sid}.
 */
final class Keycloak {
    static final Traits TRAITS = Traits.of("Keycloak")
            .read(
                    "2026-11-21",
                    "No page that lists the claims was found. Rests on runs, see [its how-to page](../how-to/keycloak.md).")
            .runAgainst("26.7.3")
            .types("at+jwt", "jwt")
            .required("iss", "sub", "aud", "exp", "iat", "jti")
            .accessTokensSay("typ", "Bearer", "DPoP")
            .accessTokensLack(Traits.OF_OTHER_KINDS)
            .clientId("client_id", "azp")
            .roles("realm_access/roles")
            .subjects(SubjectRule.SESSION)
            .relaxes("`typ` may be `JWT`", "it is, unless the client has `access.token.header.type.rfc9068`")
            .relaxes("`client_id` may be missing", "the client of a user's token is in `azp` only")
            .remark("The payload says itself what it is: the claim `typ` is `Bearer` or `DPoP`, in other JWTs `ID`,"
                    + " `Refresh`, `Offline` or `Logout`.")
            .remark("Roles of a client are in `resource_access/<client>/roles`; set `cardea.roles.claims`.")
            .build();

    private Keycloak() {}
}
