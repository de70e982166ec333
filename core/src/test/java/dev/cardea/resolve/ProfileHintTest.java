package dev.cardea.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.jose.VerificationKey;
import dev.cardea.jwt.CompactJwt;
import dev.cardea.jwt.JwtVerifier;
import dev.cardea.log.RecordedLog;
import dev.cardea.reject.Reason;
import dev.cardea.reject.RejectedException;
import dev.cardea.reject.Rejection;
import dev.cardea.request.PresentedToken;
import dev.cardea.testkit.AccessTokens;
import dev.cardea.token.ClaimMapping;
import dev.cardea.token.ClaimRules;
import dev.cardea.token.Discriminator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How often it looks, what it costs and how much it remembers; with the whole pipeline it is in ProfileHintsTest. */
class ProfileHintTest {
    private static final String ISSUER = "https://as.example";
    private static final String AUDIENCE = "https://api.example";
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
    private static final Rejection WRONG_TYPE = new Rejection(Reason.TYPE_NOT_ACCEPTED, "typ is 'JWT'");

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 3);
    private final RecordedLog log = new RecordedLog();
    private final AtomicInteger signatures = new AtomicInteger();
    private volatile boolean genuine = true;
    private final JwtVerifier verifier = new JwtVerifier() {
        @Override
        public Verified verify(CompactJwt jwt) {
            throw new AssertionError("may ask for keys");
        }

        @Override
        public boolean stillTrusts(VerificationKey key) {
            throw new AssertionError("no token was accepted");
        }

        @Override
        public boolean isOfIssuer(CompactJwt jwt) {
            signatures.incrementAndGet();
            return genuine;
        }
    };
    private final ProfileHint hint = new ProfileHint(
            "cardea.issuers.partner.issuer-profile",
            "generic",
            new Discriminator(List.of(), List.of(), Map.of(), List.of("nonce")),
            List.of(alternative("entra", true, "sub"), alternative("okta", false, "cid"), alternative("auth0", true)),
            log,
            nanos::get);

    @Test
    void saysWhichProfilesWouldAcceptAndWhereToSetThem() {
        hint.refused(token("JWT"), WRONG_TYPE, verifier);

        assertThat(log.lines())
                .containsExactly("WARNING a token that '" + ISSUER
                        + "' signed is refused: typ is 'JWT'. It would be accepted with"
                        + " cardea.issuers.partner.issuer-profile=entra or auth0 (now generic). Set it if that is the"
                        + " issuer's product; said once");
    }

    @Test
    void saysItOncePerCauseAndLooksAtNoSignatureAfterwards() {
        for (int i = 0; i < 100; i++) {
            hint.refused(token("JWT"), WRONG_TYPE, verifier);
            nanos.addAndGet(ProfileHint.PAUSE.toNanos());
        }
        assertThat(log.lines()).hasSize(1);
        assertThat(signatures).hasValue(1);

        hint.refused(token("JWT"), new Rejection(Reason.CLAIM_MISSING, "claim 'jti' is missing"), verifier);
        assertThat(log.lines()).hasSize(2);
    }

    @Test
    void forgedTokensCostOneSignatureInFiveSecondsAndSayNothing() {
        genuine = false;
        for (int i = 0; i < 1_000; i++) {
            hint.refused(token("JWT"), WRONG_TYPE, verifier);
        }
        assertThat(signatures).hasValue(1);
        nanos.addAndGet(ProfileHint.PAUSE.toNanos() - 1);
        hint.refused(token("JWT"), WRONG_TYPE, verifier);
        assertThat(signatures).hasValue(1);
        assertThat(log.lines()).isEmpty();

        nanos.incrementAndGet();
        genuine = true;
        hint.refused(token("JWT"), WRONG_TYPE, verifier);
        assertThat(signatures).hasValue(2);
        assertThat(log.lines()).hasSize(1);
    }

    @Test
    void saysNothingWhereNoProfileWouldHelpAndLooksAtNoSignature() {
        for (AccessTokens useless : List.of(
                valid().header("typ", "secevent+jwt"),
                valid().header("typ", "JWT").claim("aud", "https://other.example"),
                valid().header("typ", "JWT").expiresAt(CLOCK.instant().getEpochSecond() - 60))) {
            hint.refused(parsed(useless), WRONG_TYPE, verifier);
            nanos.addAndGet(ProfileHint.PAUSE.toNanos());
        }
        assertThat(signatures).hasValue(0);
        assertThat(log.lines()).isEmpty();
        hint.refused(token("JWT"), WRONG_TYPE, verifier);
        assertThat(log.lines()).hasSize(1);
    }

    @Test
    void saysNothingOfARefusalThatNoProfileIsToBlameFor() {
        for (Reason reason : Reason.values()) {
            if (!Set.of(Reason.TYPE_NOT_ACCEPTED, Reason.CLAIM_MISSING, Reason.CLAIMS_MALFORMED)
                    .contains(reason)) {
                hint.refused(token("JWT"), new Rejection(reason, "because"), verifier);
                nanos.addAndGet(ProfileHint.PAUSE.toNanos());
            }
        }
        assertThat(log.lines()).isEmpty();
        hint.refused(token("JWT"), WRONG_TYPE, verifier);
        assertThat(log.lines()).hasSize(1);
    }

    @Test
    void remembersSoManyCausesAndNoMore() {
        for (int i = 0; i < 1_000; i++) {
            hint.refused(token("JWT"), new Rejection(Reason.TYPE_NOT_ACCEPTED, "cause " + i), verifier);
            nanos.addAndGet(ProfileHint.PAUSE.toNanos());
        }
        assertThat(log.lines()).hasSize(ProfileHint.CAUSES);
        assertThat(signatures).hasValue(ProfileHint.CAUSES);
    }

    @Test
    void saysItOnceThoughManyAreRefusedAtOnce() throws Exception {
        int threads = 8;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CompactJwt jwt = token("JWT");
            for (int round = 1; round <= ProfileHint.CAUSES; round++) {
                Rejection cause = new Rejection(Reason.TYPE_NOT_ACCEPTED, "cause " + round);
                CountDownLatch together = new CountDownLatch(threads);
                List<Future<?>> all = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    all.add(pool.submit(() -> {
                        together.countDown();
                        together.await();
                        hint.refused(jwt, cause, verifier);
                        nanos.addAndGet(ProfileHint.PAUSE.toNanos());
                        hint.refused(jwt, cause, verifier);
                        return null;
                    }));
                }
                for (Future<?> each : all) {
                    each.get();
                }
                assertThat(log.lines()).hasSize(round);
                nanos.addAndGet(ProfileHint.PAUSE.toNanos());
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static ProfileHint.Alternative alternative(String profile, boolean untypedToo, String... required) {
        ClaimRules rules = new ClaimRules(
                new ClaimRules.Expectations(ISSUER, Set.of(AUDIENCE), Set.of(required), Duration.ZERO, null),
                new ClaimMapping(List.of("sub"), List.of("client_id"), List.of("scope"), List.of("roles")),
                CLOCK);
        return new ProfileHint.Alternative(profile, Set.of("at+jwt", "jwt"), untypedToo, rules, Discriminator.NONE);
    }

    private static AccessTokens valid() {
        return AccessTokens.of(ISSUER, AUDIENCE, CLOCK);
    }

    private static CompactJwt token(String type) {
        return parsed(valid().header("typ", type));
    }

    private static CompactJwt parsed(AccessTokens token) {
        try {
            return CompactJwt.parse(PresentedToken.of(token.build()));
        } catch (RejectedException e) {
            throw new IllegalStateException(e);
        }
    }
}
