package dev.cardea.benchmarks;

import dev.cardea.testkit.AccessTokens;
import java.time.Clock;
import java.util.UUID;

/** The tokens that everybody gets: RFC 9068, twelve claims, 700 to 900 characters. */
final class Tokens {
    static final String ISSUER = "https://as.example.com";
    static final String AUDIENCE = "https://api.example.com/orders";
    static final String SCOPE = "orders:read";

    private static final long LIFETIME = 86_400; // longer than any run

    private Tokens() {}

    static AccessTokens valid(Algorithm algorithm, String issuer) {
        long now = Clock.systemUTC().instant().getEpochSecond();
        return AccessTokens.of(issuer, AUDIENCE, Clock.systemUTC())
                .signedBy(algorithm.key())
                .expiresAt(now + LIFETIME)
                .notBefore(now)
                .subject(UUID.randomUUID().toString())
                .scope(SCOPE, "orders:write")
                .claim("auth_time", now - 60)
                .claim("sid", UUID.randomUUID().toString())
                .claim("acr", "1");
    }

    /** Equal but for what tells one user and session from another. */
    static String[] distinct(Algorithm algorithm, String issuer, int count) {
        String[] tokens = new String[count];
        for (int i = 0; i < count; i++) {
            tokens[i] = valid(algorithm, issuer).build();
        }
        return tokens;
    }
}
