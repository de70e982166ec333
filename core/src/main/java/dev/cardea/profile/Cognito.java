package dev.cardea.profile;

import dev.cardea.token.SubjectRule;

/** Amazon Cognito user pools. */
final class Cognito {
    static final Traits TRAITS = Traits.of("Amazon Cognito user pools")
            .page(
                    "https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html")
            .page(
                    "https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-id-token.html")
            .page("https://docs.aws.amazon.com/verifiedpermissions/latest/userguide/cognito-validation.html")
            .read(
                    "2026-11-21",
                    "The first two as their sources in the repository `awsdocs/amazon-cognito-developer-guide`, which is no"
                            + " longer kept up; that `aud` is there after a resource binding rests on what others quote of"
                            + " the first page.")
            .acceptsUntyped()
            .required("iss", "sub", "aud", "exp", "iat", "jti", "client_id")
            .accessTokensSay("token_use", "access")
            .accessTokensLack(Traits.OF_OTHER_KINDS)
            .audience("aud", "client_id")
            .roles("cognito:groups")
            .groups("cognito:groups")
            .subjects(SubjectRule.USERNAME)
            .relaxes("`typ` may be missing", "the header has `alg` and `kid` only, in access tokens and ID tokens")
            .relaxes(
                    "without `aud`, `client_id` says for whom a token is",
                    "access tokens have `aud` only if the client asked for a resource; list the app clients that may call in"
                            + " `cardea.audience`")
            .remark("`token_use` is `access` in access tokens and `id` in ID tokens.")
            .remark("A token that has an `aud` is judged by it alone, whatever its `client_id`.")
            .remark(
                    "With app clients as audience, every access token of these clients is good here, whichever API it was"
                            + " asked for: require a scope of a resource server of your own (`orders/read`).")
            .remark("Groups of the user pool become roles and groups.")
            .build();

    private Cognito() {}
}
