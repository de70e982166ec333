package dev.cardea.benchmarks;

import dev.cardea.config.TokenSettings;
import dev.cardea.jose.VerificationKey;
import dev.cardea.jwt.CompactJwt;
import dev.cardea.jwt.JwtVerifier;
import dev.cardea.request.PresentedToken;
import dev.cardea.resolve.IssuerRoute;
import dev.cardea.resolve.Outages;
import dev.cardea.resolve.TokenResolver;
import dev.cardea.resolve.VerifiedTokens;
import dev.cardea.token.AuthenticClaims;
import dev.cardea.token.ClaimMapping;
import dev.cardea.token.ClaimRules;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes one remembered token of twelve claims takes, with a million of them. Their signatures are believed, since
 * nobody wants to wait for a million of them.
 *
 * <p>{@code java -Xmx4g -cp benchmarks/target/benchmarks.jar dev.cardea.benchmarks.MemoryPerToken}
 */
public final class MemoryPerToken {
    private MemoryPerToken() {}

    public static void main(String[] arguments) throws Exception {
        int count = arguments.length == 0 ? 1_000_000 : Integer.parseInt(arguments[0]);
        Clock clock = Clock.systemUTC();
        VerifiedTokens verified =
                new VerifiedTokens(new TokenSettings.VerifiedCache(count, Duration.ofHours(1)), clock);
        TokenResolver resolver = new TokenResolver(
                List.of(IssuerRoute.ofJwts(route(clock))),
                null,
                verified,
                new Outages(null, null),
                clock,
                System::nanoTime);
        String[] parts = Tokens.valid(Algorithm.RS256, Tokens.ISSUER).build().split("\\.", -1);
        String payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        long before = used();
        for (int i = 0; i < count; i++) {
            resolver.resolve(token(parts, payload, i));
        }
        long bytes = used() - before;
        int known = 0;
        for (int i = 0; i < count; i += 1_000) {
            known += resolver.resolve(token(parts, payload, i)).source().name().equals("CACHE") ? 1 : 0;
        }
        System.out.printf(
                "%d bytes per token, with %d of them (%d of %d asked are known)%n",
                bytes / count, count, known, (count + 999) / 1_000);
        resolver.resolve(token(parts, payload, 0));
    }

    /** Subject, session and id of its own, of the length that they have. */
    private static PresentedToken token(String[] parts, String payload, int number) {
        String own = payload.replaceAll("[0-9a-f]{8}-[0-9a-f]{4}", String.format("%08x-0000", number));
        return PresentedToken.of(parts[0] + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(own.getBytes(StandardCharsets.UTF_8)) + "."
                + parts[2]);
    }

    private static IssuerRoute.Local route(Clock clock) {
        JwtVerifier gullible = new JwtVerifier() {
            @Override
            @SuppressWarnings("NullAway") // nobody looks at the key
            public Verified verify(CompactJwt jwt) {
                return new Verified(AuthenticClaims.signed(jwt.unverifiedClaims(), clock.instant()), null);
            }

            @Override
            public boolean stillTrusts(@Nullable VerificationKey key) {
                return true;
            }

            @Override
            public boolean isOfIssuer(CompactJwt jwt) {
                return true;
            }
        };
        ClaimRules rules = new ClaimRules(
                new ClaimRules.Expectations(
                        Tokens.ISSUER,
                        Set.of(Tokens.AUDIENCE),
                        Set.of("iss", "aud", "exp"),
                        Duration.ofSeconds(30),
                        null),
                new ClaimMapping(List.of("sub"), List.of("client_id"), List.of("scope"), List.of("roles")),
                clock);
        return new IssuerRoute.Local(Tokens.ISSUER, gullible, rules, null);
    }

    private static long used() throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            System.gc();
            Thread.sleep(100);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
