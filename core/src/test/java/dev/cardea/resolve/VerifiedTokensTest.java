package dev.cardea.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cardea.config.IssuerSettings;
import dev.cardea.config.TokenSettings;
import dev.cardea.jose.VerificationKey;
import dev.cardea.jwt.CompactJwt;
import dev.cardea.jwt.JwtVerifier;
import dev.cardea.jwt.KeyRing;
import dev.cardea.jwt.LocalJwtVerifier;
import dev.cardea.reject.Reason;
import dev.cardea.reject.RejectedException;
import dev.cardea.reject.UndeterminedException;
import dev.cardea.request.PresentedToken;
import dev.cardea.testkit.AccessTokens;
import dev.cardea.testkit.TestKeys;
import dev.cardea.token.AuthenticClaims;
import dev.cardea.token.ClaimMapping;
import dev.cardea.token.ClaimRules;
import dev.cardea.token.Source;
import dev.cardea.token.VerifiedToken;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is remembered of a verified token, and what is asked again all the same. */
class VerifiedTokensTest {
    private static final String ISSUER = "https://as.example";
    private static final String PARTNER = "https://partner.example";
    private static final String AUDIENCE = "https://api.example";
    private static final Duration SKEW = Duration.ofSeconds(30);
    private static final Duration TTL = Duration.ofMinutes(3);

    private final MovableClock clock = new MovableClock();
    private final KeyRing keys = new KeyRing(TestKeys.rsa(), TestKeys.ec());
    private final KeyRing partnersKeys = new KeyRing(TestKeys.foreign());
    private final AtomicInteger verifications = new AtomicInteger();
    private final VerifiedTokens verified = remembering(1_000);
    private final TokenResolver resolver = resolver(verified);

    @Test
    void aTokenIsVerifiedOnceAndKnownFromThenOn() throws Exception {
        PresentedToken token = token(valid());
        VerifiedToken first = resolver.resolve(token);
        assertThat(first.source()).isEqualTo(Source.LOCAL);
        clock.pass(Duration.ofSeconds(20));
        for (int i = 0; i < 3; i++) {
            VerifiedToken again = resolver.resolve(token(token.text()));
            assertThat(again.source()).isEqualTo(Source.CACHE);
            assertThat(again.establishedAt()).isEqualTo(first.establishedAt());
            assertThat(again.claims().asMap()).isEqualTo(first.claims().asMap());
            assertThat(again.subject()).isEqualTo("alice");
            assertThat(again.scopes()).containsExactly("orders:read");
            assertThat(again.fingerprint()).isEqualTo(token.fingerprint());
        }
        assertThat(verifications).hasValue(1);
    }

    @Test
    @Tag("N03")
    void itsExpIsAskedAtEveryHit() throws Exception {
        PresentedToken token = token(valid().expiresAt(seconds(60)));
        resolver.resolve(token);
        clock.pass(Duration.ofSeconds(60).plus(SKEW).minusMillis(1));
        assertThat(resolver.resolve(token).source()).isEqualTo(Source.CACHE);
        clock.pass(Duration.ofMillis(1));
        assertRefused(Reason.EXPIRED, token);
        assertThat(verifications).as("and no signature for it").hasValue(1);
    }

    @Test
    void afterItsTimeItIsVerifiedAnew() throws Exception {
        PresentedToken token = token(valid());
        resolver.resolve(token);
        clock.pass(TTL.minusMillis(1));
        assertThat(resolver.resolve(token).source()).isEqualTo(Source.CACHE);
        clock.pass(Duration.ofMillis(1));
        assertThat(resolver.resolve(token).source()).isEqualTo(Source.LOCAL);
        assertThat(resolver.resolve(token).source()).isEqualTo(Source.CACHE);
        assertThat(verifications).hasValue(2);
    }

    @Test
    void aClockThatWasSetBackMakesAnEntryOldNotYoung() throws Exception {
        PresentedToken token = token(valid());
        PresentedToken begins = token(valid().notBefore(seconds(0)));
        resolver.resolve(token);
        resolver.resolve(begins);
        clock.pass(Duration.ofMillis(-1));
        assertThat(resolver.resolve(token).source()).isEqualTo(Source.LOCAL);
        clock.pass(Duration.ofSeconds(-31));
        assertRefused(Reason.NOT_YET_VALID, begins);
    }

    @Test
    void whatIssuedInTheFutureMeansIsAskedAtEveryHit() throws Exception {
        clock.pass(Duration.ofMillis(500));
        PresentedToken token = token(valid().issuedAt(seconds(9)));
        assertThat(resolver.resolve(token).source()).isEqualTo(Source.LOCAL);
        assertThat(resolver.resolve(token).source()).isEqualTo(Source.CACHE);
        clock.pass(Duration.ofSeconds(-5));
        assertRefused(Reason.ISSUED_IN_FUTURE, token);
    }

    @Test
    @Tag("T18")
    void aKeyThatTheIssuerHasWithdrawnTakesItsTokensWithIt() throws Exception {
        PresentedToken token = token(valid());
        PresentedToken other = token(valid().signedBy(TestKeys.ec()));
        resolver.resolve(token);
        resolver.resolve(other);

        keys.remove(TestKeys.rsa());
        assertRefused(Reason.KEY_UNKNOWN, token);
        assertThat(resolver.resolve(other).source()).isEqualTo(Source.CACHE);

        keys.add(TestKeys.rsa());
        assertThat(resolver.resolve(token).source()).isEqualTo(Source.LOCAL);
    }

    @Test
    @Tag("T18")
    void keysThatAreTooOldMeanThatNobodyCanTell() throws Exception {
        PresentedToken token = token(valid());
        resolver.resolve(token);
        keys.tooOld(true);
        assertThatThrownBy(() -> resolver.resolve(token)).isInstanceOf(UndeterminedException.class);
        keys.tooOld(false);
        assertThat(resolver.resolve(token).source()).isEqualTo(Source.CACHE);
    }

    @Test
    @Tag("N12")
    void whatIsRefusedIsNotRemembered() throws Exception {
        String good = valid().build();
        resolver.resolve(token(good));
        String otherAudience = valid().audience("https://other.example").build();
        for (int round = 1; round <= 3; round++) {
            assertRefused(Reason.AUDIENCE_MISMATCH, token(otherAudience));
            assertRefused(Reason.TOKEN_MALFORMED, token(good + "="));
            assertRefused(Reason.TOKEN_MALFORMED, token(good + "~"));
            assertThat(resolver.resolve(token(good)).source()).isEqualTo(Source.CACHE);
        }
        assertThat(verifications).as("the wrong audience, each time").hasValue(1 + 3);
    }

    @Test
    void everyBitOfTheTokenCounts() throws Exception {
        String good = valid().build();
        resolver.resolve(token(good));
        int signature = good.lastIndexOf('.') + 1;
        for (int i = signature; i < good.length() - 1; i += 7) {
            char other = good.charAt(i) == 'A' ? 'B' : 'A';
            String tampered = good.substring(0, i) + other + good.substring(i + 1);
            assertRefused(Reason.SIGNATURE_INVALID, token(tampered));
        }
        assertThat(resolver.resolve(token(good)).source()).isEqualTo(Source.CACHE);
    }

    @Test
    @Tag("W10")
    void tokensThatDifferInTheirIssuerOnlyAreTwo() throws Exception {
        AccessTokens same = valid().jti("same");
        PresentedToken ours = token(same);
        PresentedToken partners = token(same.issuer(PARTNER).signedBy(TestKeys.foreign()));
        for (Source expected : List.of(Source.LOCAL, Source.CACHE)) {
            assertThat(resolver.resolve(ours).issuer()).isEqualTo(ISSUER);
            assertThat(resolver.resolve(partners).issuer()).isEqualTo(PARTNER);
            assertThat(resolver.resolve(ours).source()).isEqualTo(Source.CACHE);
            assertThat(verifications).as(expected.name()).hasValue(2);
        }
        partnersKeys.remove(TestKeys.foreign());
        assertRefused(Reason.KEY_UNKNOWN, partners);
        assertThat(resolver.resolve(ours).source()).isEqualTo(Source.CACHE);
    }

    @Test
    void aLongTokenIsUsedButNotKept() throws Exception {
        AccessTokens valid = valid();
        int spare = VerifiedTokens.MAX_KEPT_LENGTH - valid.build().length();
        PresentedToken kept = token(valid.claim("pad", "x".repeat(spare * 3 / 4 - 20)));
        PresentedToken tooLong = token(valid.claim("pad", "x".repeat(spare)));
        assertThat(kept.length()).isBetween(VerifiedTokens.MAX_KEPT_LENGTH - 40, VerifiedTokens.MAX_KEPT_LENGTH);
        resolver.resolve(kept);
        resolver.resolve(tooLong);
        assertThat(resolver.resolve(kept).source()).isEqualTo(Source.CACHE);
        assertThat(resolver.resolve(tooLong).source()).isEqualTo(Source.LOCAL);
    }

    @Test
    void withoutEntriesOrClosedEveryTokenIsVerifiedEachTime() throws Exception {
        PresentedToken token = token(valid());
        resolver.resolve(token);
        assertThat(resolver.resolve(token).source()).isEqualTo(Source.CACHE);
        verified.close();
        TokenResolver off = resolver(remembering(0));
        for (int i = 0; i < 3; i++) {
            assertThat(resolver.resolve(token).source()).isEqualTo(Source.LOCAL);
            assertThat(off.resolve(token).source()).isEqualTo(Source.LOCAL);
        }
    }

    /** First what anybody can invent, then tokens that verify, each once: twenty times as many as there is room for. */
    @Test
    @Tag("N06")
    void aFloodDoesNotPushOutWhatIsInUse() throws Exception {
        VerifiedTokens small = remembering(160);
        TokenResolver flooded = over(List.of(gullible()), small);
        List<PresentedToken> hot =
                IntStream.range(0, 40).mapToObj(i -> unsigned("hot-" + i)).toList();
        for (PresentedToken each : hot) {
            flooded.resolve(each);
            assertThat(flooded.resolve(each).source()).isEqualTo(Source.CACHE);
        }
        for (int i = 0; i < 100_000; i++) {
            PresentedToken invented = token("eyJhbGciOiJSUzI1NiJ9.invented" + i + ".x");
            assertThatThrownBy(() -> flooded.resolve(invented)).isInstanceOf(RejectedException.class);
        }
        int lost = 0;
        for (int i = 0; i < 3_200; i++) {
            flooded.resolve(unsigned("flood-" + i));
            for (int j = 0; i % 10 == 0 && j < hot.size(); j++) {
                lost += flooded.resolve(hot.get(j)).source() == Source.CACHE ? 0 : 1;
            }
        }
        assertThat(lost).isZero();
    }

    /** From the moment at which the key is gone, no request that begins is granted, however hot its token is. */
    @Test
    void nobodyIsLetInWithAKeyThatIsGoneWhileItsTokensAreHot() throws Exception {
        PresentedToken token = token(valid());
        for (int round = 0; round < 100; round++) {
            resolver.resolve(token);
            assertNobodyIsLetInAfter(token, () -> keys.remove(TestKeys.rsa()), Reason.KEY_UNKNOWN);
            keys.add(TestKeys.rsa());
        }
    }

    @Test
    @Tag("N03")
    void nobodyIsLetInWithATokenThatExpiresWhileItIsHot() throws Exception {
        for (int round = 0; round < 100; round++) {
            PresentedToken token = token(valid().expiresAt(seconds(10)));
            resolver.resolve(token);
            assertNobodyIsLetInAfter(token, () -> clock.pass(Duration.ofSeconds(40)), Reason.EXPIRED);
        }
    }

    private void assertNobodyIsLetInAfter(PresentedToken token, Runnable change, Reason reason) throws Exception {
        AtomicInteger changed = new AtomicInteger();
        AtomicInteger running = new AtomicInteger();
        Callable<Integer> client = () -> {
            int wronglyGranted = 0;
            running.incrementAndGet();
            for (int after = 0; after < 20; ) {
                boolean before = changed.get() == 0;
                try {
                    resolver.resolve(token);
                    wronglyGranted += before ? 0 : 1;
                } catch (RejectedException e) {
                    wronglyGranted += e.rejection().reason() == reason ? 0 : 1;
                }
                after += before ? 0 : 1;
            }
            return wronglyGranted;
        };
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> clients = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                clients.add(threads.submit(client));
            }
            while (running.get() < 4) {
                Thread.onSpinWait();
            }
            change.run();
            changed.set(1);
            for (Future<Integer> each : clients) {
                assertThat(each.get()).isZero();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Twenty tokens for room for eight, read by eight threads, while the cache is closed under them. */
    @Test
    void neverMixesUpTokensWhileTheyPushEachOtherOutAndItIsClosed() throws Exception {
        List<PresentedToken> tokens =
                IntStream.range(0, 20).mapToObj(i -> unsigned("user-" + i)).toList();
        for (int round = 0; round < 50; round++) {
            VerifiedTokens tight = remembering(8);
            TokenResolver shared = over(List.of(gullible()), tight);
            Callable<Integer> client = () -> {
                int mixed = 0;
                for (int i = 0; i < 300; i++) {
                    int number =
                            (int) (Math.abs(i * 31L + Thread.currentThread().getId()) % tokens.size());
                    String subject = shared.resolve(tokens.get(number)).subject();
                    mixed += ("user-" + number).equals(subject) ? 0 : 1;
                    if (i == 200) {
                        tight.close();
                    }
                }
                return mixed;
            };
            ExecutorService threads = Executors.newFixedThreadPool(8);
            try {
                for (Future<Integer> each : threads.invokeAll(Collections.nCopies(8, client))) {
                    assertThat(each.get()).isZero();
                }
            } finally {
                threads.shutdownNow();
            }
            assertThat(shared.resolve(tokens.get(0)).source()).isEqualTo(Source.LOCAL);
        }
    }

    private VerifiedTokens remembering(int maxEntries) {
        return new VerifiedTokens(new TokenSettings.VerifiedCache(maxEntries, TTL), clock);
    }

    private TokenResolver over(List<IssuerRoute.Local> routes, VerifiedTokens remembered) {
        return new TokenResolver(
                routes.stream().map(IssuerRoute::ofJwts).toList(),
                null,
                remembered,
                new Outages(null, null),
                clock,
                System::nanoTime);
    }

    private TokenResolver resolver(VerifiedTokens remembered) {
        return over(List.of(route(ISSUER, keys), route(PARTNER, partnersKeys)), remembered);
    }

    private IssuerRoute.Local route(String issuer, KeyRing ring) {
        IssuerSettings settings = new IssuerSettings(issuer, Set.of("at+jwt"), List.of("RS256", "ES256"));
        LocalJwtVerifier verifier = new LocalJwtVerifier(settings, ring, clock);
        return new IssuerRoute.Local(issuer, counting(verifier), rules(issuer), null);
    }

    private ClaimRules rules(String issuer) {
        return new ClaimRules(
                new ClaimRules.Expectations(issuer, Set.of(AUDIENCE), Set.of("iss", "aud", "exp"), SKEW, null),
                new ClaimMapping(List.of("sub"), List.of("client_id"), List.of("scope"), List.of("roles")),
                clock);
    }

    private JwtVerifier counting(JwtVerifier verifier) {
        return new JwtVerifier() {
            @Override
            public Verified verify(CompactJwt jwt) throws RejectedException, UndeterminedException {
                verifications.incrementAndGet();
                return verifier.verify(jwt);
            }

            @Override
            public boolean stillTrusts(VerificationKey key) throws UndeterminedException {
                return verifier.stillTrusts(key);
            }

            @Override
            public boolean isOfIssuer(CompactJwt jwt) {
                return verifier.isOfIssuer(jwt);
            }
        };
    }

    /** Believes every signature, for tests that need more tokens than can be signed. */
    private IssuerRoute.Local gullible() throws Exception {
        VerificationKey any = keys.key(TestKeys.rsa().kid(), "RS256");
        return new IssuerRoute.Local(
                ISSUER,
                new JwtVerifier() {
                    @Override
                    public Verified verify(CompactJwt jwt) {
                        return new Verified(AuthenticClaims.signed(jwt.unverifiedClaims(), clock.instant()), any);
                    }

                    @Override
                    public boolean stillTrusts(VerificationKey key) {
                        return true;
                    }

                    @Override
                    public boolean isOfIssuer(CompactJwt jwt) {
                        return true;
                    }
                },
                rules(ISSUER),
                null);
    }

    /** A token that only {@link #gullible} accepts. */
    private PresentedToken unsigned(String subject) {
        String header = "{\"alg\":\"RS256\",\"typ\":\"at+jwt\"}";
        String payload = "{\"iss\":\"" + ISSUER + "\",\"aud\":\"" + AUDIENCE + "\",\"sub\":\"" + subject + "\",\"exp\":"
                + seconds(3_600) + "}";
        return token(base64Url(header) + "." + base64Url(payload) + ".AAAA");
    }

    private static String base64Url(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private AccessTokens valid() {
        return AccessTokens.of(ISSUER, AUDIENCE, clock).expiresAt(seconds(3_600));
    }

    private long seconds(long fromNow) {
        return clock.instant().getEpochSecond() + fromNow;
    }

    private static PresentedToken token(AccessTokens token) {
        return token(token.build());
    }

    private static PresentedToken token(String text) {
        return PresentedToken.of(text);
    }

    private void assertRefused(Reason reason, PresentedToken token) {
        ThrowingCallable request = () -> resolver.resolve(token);
        assertThatThrownBy(request).isInstanceOfSatisfying(RejectedException.class, e -> assertThat(
                        e.rejection().reason())
                .isEqualTo(reason));
    }

    /** A clock that moves when it is told to, in either direction. */
    private static final class MovableClock extends Clock {
        private volatile Instant now = Instant.parse("2026-03-01T12:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
