package dev.cardea.dpop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cardea.dpop.Nonces.Checked;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NoncesTest {
    private static final byte[] JKT = Proofs.thumbprint(1);
    private static final byte[] OLD = secret("the secret from last year, long enough to be one");
    private static final byte[] NEW = secret("the secret from this year, long enough to be one");
    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final Duration STEP = Duration.ofMinutes(1);

    /** At the beginning of a step. */
    private final HandClock clock = new HandClock();

    private final Nonces nonces = of(OLD);

    private static byte[] secret(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private Nonces of(byte[]... newestFirst) {
        List<byte[]> secrets = List.of(newestFirst);
        return new Nonces(() -> secrets, LIFETIME, clock);
    }

    private long in(Duration time) {
        return clock.instant().plus(time).toEpochMilli();
    }

    @Test
    @Tag("D12")
    @Tag("D26")
    @Tag("accepts")
    void acceptsItsOwnForTheKeyItIsForAndSaysUntilWhen() {
        String nonce = nonces.newest(JKT);
        assertThat(nonce).matches("[A-Za-z0-9_-]{36}");
        assertThat(nonces.check(nonce, JKT)).isEqualTo(new Checked(true, true, in(LIFETIME)));
        assertThat(nonces.check(nonce, Proofs.thumbprint(2))).isEqualTo(Checked.INVALID);
        assertThat(Checked.INVALID.isValid()).isFalse();
    }

    @Test
    @Tag("D28")
    @Tag("accepts")
    @Tag("refuses")
    void acceptsOlderOnesBesideTheNewestUntilTheMillisecondThatWasNamed() {
        String nonce = nonces.newest(JKT);
        Checked atFirst = nonces.check(nonce, JKT);
        clock.pass(STEP.minusMillis(1));
        assertThat(nonces.newest(JKT)).isEqualTo(nonce);
        assertThat(nonces.check(nonce, JKT)).isEqualTo(atFirst);

        clock.pass(Duration.ofMillis(1));
        assertThat(nonces.newest(JKT)).isNotEqualTo(nonce);
        assertThat(nonces.check(nonce, JKT)).isEqualTo(new Checked(true, false, atFirst.acceptedUntilMillis()));
        clock.pass(LIFETIME.minus(STEP).minusMillis(1));
        assertThat(clock.millis()).isEqualTo(atFirst.acceptedUntilMillis() - 1);
        assertThat(nonces.check(nonce, JKT).isValid()).isTrue();
        clock.pass(Duration.ofMillis(1));
        assertThat(nonces.check(nonce, JKT)).isEqualTo(Checked.INVALID);
    }

    /** Whenever a nonce is given out, its client has four fifths of the lifetime, and nobody more than all of it. */
    @Test
    @Tag("D28")
    void lastsForFourFifthsOfTheLifetimeAtLeastWhenever() {
        Random random = new Random(9449);
        for (int i = 0; i < 1_000; i++) {
            clock.pass(Duration.ofMillis(random.nextInt(600_000)));
            Checked checked = nonces.check(nonces.newest(JKT), JKT);
            assertThat(checked.isNewest()).isTrue();
            assertThat(checked.acceptedUntilMillis()).isBetween(in(LIFETIME.minus(STEP)) + 1, in(LIFETIME));
        }
    }

    @Test
    @Tag("D28")
    @Tag("accepts")
    @Tag("refuses")
    void acceptsThoseOfANodeWhoseClockIsAheadByUpToAStep() {
        HandClock ahead = new HandClock();
        Nonces other = new Nonces(() -> List.of(OLD), LIFETIME, ahead);
        ahead.pass(STEP);
        String nonce = other.newest(JKT);
        assertThat(nonces.check(nonce, JKT)).isEqualTo(new Checked(true, true, in(LIFETIME.plus(STEP))));
        ahead.pass(STEP);
        assertThat(nonces.check(other.newest(JKT), JKT)).isEqualTo(Checked.INVALID);
        assertThat(nonces.check(nonce, JKT).isValid()).isTrue();
    }

    @Test
    @Tag("D26")
    @Tag("D29")
    @Tag("refuses")
    void refusesWhatIsMadeWithAnotherSecret() {
        String nonce = nonces.newest(JKT);
        assertThat(of(OLD).check(nonce, JKT).isValid()).isTrue();
        assertThat(of(NEW).check(nonce, JKT)).isEqualTo(Checked.INVALID);
        Nonces random = new Nonces(NonceSecrets.random(), LIFETIME, clock);
        Nonces another = new Nonces(NonceSecrets.random(), LIFETIME, clock);
        assertThat(random.check(random.newest(JKT), JKT).isValid()).isTrue();
        assertThat(another.check(random.newest(JKT), JKT)).isEqualTo(Checked.INVALID);
    }

    /** Only the bits of the code can be guessed at: each of them counts, as do time and id. */
    @Test
    @Tag("D26")
    void refusesEachOtherSpellingOfAValidOne() {
        String nonce = nonces.newest(JKT);
        assertThat(nonces.check(nonce, JKT).isValid()).isTrue();
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/=. \n\"\u00e9\u0000";
        for (int i = 0; i < nonce.length(); i++) {
            for (char c : alphabet.toCharArray()) {
                if (c != nonce.charAt(i)) {
                    String other = nonce.substring(0, i) + c + nonce.substring(i + 1);
                    assertThat(nonces.check(other, JKT)).as(other).isEqualTo(Checked.INVALID);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource
    @Tag("D12")
    @Tag("D29")
    @Tag("refuses")
    void refusesWhatIsNoneOfOurs(String foreign) {
        assertThat(nonces.check(nonces.newest(JKT), JKT).isValid()).isTrue();
        assertThat(nonces.check(foreign, JKT)).isEqualTo(Checked.INVALID);
    }

    static Stream<String> refusesWhatIsNoneOfOurs() {
        String own = new Nonces(() -> List.of(OLD), LIFETIME, new HandClock()).newest(JKT);
        return Stream.of(
                "",
                " ",
                "nonce",
                "eyJ7S_zG.eyJH0-Z.HX4w-7v", // of RFC 9449 8
                own.substring(1),
                own.substring(0, 35),
                own + "A",
                own + "=",
                own + " ",
                " " + own.substring(1),
                own.toLowerCase(Locale.ROOT),
                own.toUpperCase(Locale.ROOT),
                own + own,
                "A".repeat(36),
                "_".repeat(36),
                "=".repeat(36),
                "\ud83d\ude00".repeat(18),
                Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[27]),
                "x".repeat(1_000_000));
    }

    /** Time, id and code in turn out of others that are valid for something else. */
    @Test
    @Tag("D26")
    void refusesWhatIsPutTogetherOutOfValidOnes() {
        String first = nonces.newest(JKT);
        String ofAnother = nonces.newest(Proofs.thumbprint(2));
        clock.pass(STEP);
        String second = nonces.newest(JKT);
        String newer = of(NEW).newest(JKT);
        Set<String> valid = Set.of(first, second, newer);
        Nonces both = of(NEW, OLD);
        assertThat(valid).allMatch(nonce -> both.check(nonce, JKT).isValid());
        Set<String> mixed = new HashSet<>();
        for (String head : List.of(first, second, newer, ofAnother)) {
            for (String tail : List.of(first, second, newer, ofAnother)) {
                for (int cut = 0; cut <= head.length(); cut++) {
                    mixed.add(head.substring(0, cut) + tail.substring(cut));
                }
            }
        }
        mixed.removeAll(valid);
        assertThat(mixed).hasSizeGreaterThan(100).allMatch(nonce -> !both.check(nonce, JKT)
                .isValid());
    }

    @Test
    @Tag("D26")
    void refusesChanceForALongTime() {
        Random random = new Random(8);
        byte[] bytes = new byte[27];
        for (int i = 0; i < 20_000; i++) {
            random.nextBytes(bytes);
            System.arraycopy(Base64.getUrlDecoder().decode(nonces.newest(JKT)), 0, bytes, 0, random.nextInt(22));
            String guess = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            assertThat(nonces.check(guess, JKT)).isEqualTo(Checked.INVALID);
        }
    }

    @Test
    @Tag("D26")
    void differsByKeyTimeAndSecret() {
        List<String> all = new ArrayList<>();
        for (byte[] secret : List.of(OLD, NEW)) {
            for (int key = 0; key < 100; key++) {
                all.add(of(secret).newest(Proofs.thumbprint(key)));
            }
        }
        clock.pass(STEP);
        all.add(nonces.newest(JKT));
        assertThat(all).doesNotHaveDuplicates();
    }

    /** Two nodes of a cluster, and every way in which their secrets can be replaced one after the other. */
    @Test
    @Tag("D28")
    @Tag("N21")
    @Tag("accepts")
    @Tag("refuses")
    void acceptsWhatEachNodeGivesOutWhileSecretsAreReplacedInAnyOrder() {
        List<List<byte[]>> stages = List.of(List.of(OLD), List.of(OLD, NEW), List.of(NEW, OLD), List.of(NEW));
        for (int here = 0; here < stages.size(); here++) {
            for (int there = 0; there < stages.size(); there++) {
                List<byte[]> ours = stages.get(here);
                List<byte[]> theirs = stages.get(there);
                Checked checked = new Nonces(() -> ours, LIFETIME, clock)
                        .check(new Nonces(() -> theirs, LIFETIME, clock).newest(JKT), JKT);
                boolean known = ours.contains(theirs.get(0));
                assertThat(checked.isValid()).as("%d %d", here, there).isEqualTo(known);
                assertThat(checked.isNewest()).isEqualTo(ours.get(0) == theirs.get(0));
                assertThat(known || Math.abs(here - there) > 1)
                        .as("nodes that are one stage apart understand each other")
                        .isTrue();
            }
        }
    }

    @Test
    @Tag("N21")
    void takesNewSecretsWhileItRuns() {
        AtomicReference<List<byte[]>> secrets = new AtomicReference<>(List.of(OLD));
        Nonces running = new Nonces(secrets::get, LIFETIME, clock);
        String old = running.newest(JKT);
        secrets.set(List.of(NEW, OLD));
        assertThat(running.check(old, JKT)).isEqualTo(new Checked(true, false, in(LIFETIME)));
        assertThat(running.newest(JKT)).isEqualTo(of(NEW).newest(JKT)).isNotEqualTo(old);
        secrets.set(List.of(NEW));
        assertThat(running.check(old, JKT)).isEqualTo(Checked.INVALID);
    }

    /** Nodes whose settings differ for a while judge by the time in the nonce, each by its own lifetime. */
    @Test
    @Tag("D28")
    void judgesThoseOfAnotherLifetimeByItsOwn() {
        Nonces shorter = new Nonces(() -> List.of(OLD), Duration.ofMinutes(2), clock);
        String nonce = nonces.newest(JKT);
        assertThat(shorter.check(nonce, JKT).acceptedUntilMillis()).isEqualTo(in(Duration.ofMinutes(2)));
        clock.pass(Duration.ofMinutes(2));
        assertThat(shorter.check(nonce, JKT)).isEqualTo(Checked.INVALID);
        assertThat(nonces.check(nonce, JKT).isValid()).isTrue();
    }

    /** Set back, it is in the future, as if of another node; too far, and it is not accepted before its time comes. */
    @Test
    @Tag("N25")
    void followsTheClock() {
        String nonce = nonces.newest(JKT);
        clock.set(STEP.negated());
        assertThat(nonces.check(nonce, JKT).isValid()).isTrue();
        clock.set(Duration.ofMillis(-1));
        assertThat(nonces.check(nonce, JKT)).isEqualTo(Checked.INVALID);
        assertThat(nonces.check(nonces.newest(JKT), JKT).isValid()).isTrue();
        clock.set(Duration.ofDays(-80 * 365));
        assertThat(nonces.check(nonces.newest(JKT), JKT).isValid()).isTrue();
        clock.set(Duration.ofDays(1_000 * 365));
        assertThat(nonces.check(nonces.newest(JKT), JKT).isValid()).isTrue();
    }

    @Test
    void needsASecretAndAThumbprint() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Nonces(List::of, LIFETIME, clock));
        assertThatIllegalArgumentException().isThrownBy(() -> nonces.newest(new byte[20]));
    }
}
