package dev.cardea.profile;

/** Spring Authorization Server without customizers. */
final class Spring {
    static final Traits TRAITS = Traits.of("Spring Authorization Server")
            .read(
                    "2026-11-21",
                    "No page that lists the claims was found. Rests on runs, see"
                            + " [its how-to page](../how-to/spring-authorization-server.md).")
            .runAgainst("7.1.1")
            .types("at+jwt", "jwt")
            .acceptsUntyped()
            .required("iss", "sub", "aud", "exp", "iat", "jti")
            .accessTokensHave("nbf")
            .accessTokensLack("azp")
            .accessTokensLack(Traits.OF_ID_TOKENS)
            .accessTokensLack(Traits.OF_OTHER_KINDS)
            .answersSay("token_type", "Bearer", "DPoP")
            .relaxes("`typ` may be missing or `JWT`", "no `typ` is written; a customizer may write one")
            .relaxes("`client_id` may be missing", "access tokens have none")
            .remark("Access tokens have `nbf`, ID tokens have none; ID tokens have `azp`, access tokens have none.")
            .remark(
                    "Its introspection endpoint calls ID tokens and refresh tokens active too, but gives a `token_type` to"
                            + " access tokens alone.")
            .build();

    private Spring() {}
}
