package dev.cardea.config;

/** The problem that nobody may start with: no audience. It names the setting that would do. */
final class NoAudience {
    private static final String INSTEAD =
            "what the authorization server puts into aud for this API, for instance https://api.example.com";

    private NoAudience() {}

    /** An issuer without one. */
    static void report(Values values, IssuerScope scope) {
        Setting own = scope.own(Key.AUDIENCE);
        if (scope.name() == null) {
            values.report(own, "is not set, so tokens for any other API would work here", INSTEAD);
        } else {
            values.report(
                    own,
                    "is not set, nor is cardea.audience, so tokens for any other API would work here",
                    INSTEAD + ", or set cardea.audience for all issuers");
        }
    }

    /** Introspection has no other audience than {@code cardea.audience}, whatever named issuers have. */
    static void reportForIntrospection(Values values) {
        values.report(
                Key.AUDIENCE,
                "is not set, but introspection needs it: tokens for any other API would work here",
                INSTEAD);
    }
}
