package dev.cardea.dpop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.cardea.dpop.PresentedProof.Known;
import dev.cardea.reject.RejectedException;
import dev.cardea.testkit.DpopKey;
import dev.cardea.testkit.DpopProof;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What proofs cost that are made to cost much: bounded stack and memory each, and nothing that stays. */
@Tag("D42")
class HostileProofTest {
    private static final long SMALL_STACK = 512 * 1024;
    /** Eight times the largest proof. */
    private static final long MOST_BYTES = 128 * 1024;

    private static final Clock CLOCK = Clock.systemUTC();
    private static final CardeaJudge CARDEA = new CardeaJudge(CLOCK, 16_384);
    private static final DpopKey KEY = DpopKey.generate();
    private static final String URI = "https://api.example/orders";
    private static final DpopProof VALID = DpopProof.of(KEY, "GET", URI, CLOCK).token("token");

    private static final String VALID_TEXT = VALID.build();

    @AfterAll
    static void close() {
        CARDEA.close();
    }

    private static PresentedProof presented(String proof) {
        byte[] jkt = Base64.getUrlDecoder().decode(KEY.thumbprint());
        return new PresentedProof(List.of(), Known.OPEN, proof, "GET", URI, "token", jkt, null);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("refuses")
    @Tag("accepts")
    void isRefusedOnASmallStackForItsFirstFault(HostileProof hostile) throws InterruptedException {
        assertThat(onSmallStack(() -> CARDEA.refusal(presented(VALID.another().build()))))
                .isEmpty();
        assertThat(onSmallStack(() -> CARDEA.refusal(presented(hostile.of(VALID)))))
                .startsWith(hostile.reason() + ": ")
                .hasSizeLessThan(500);
    }

    private static String onSmallStack(Supplier<String> question) throws InterruptedException {
        AtomicReference<Object> answer = new AtomicReference<>();
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        answer.set(question.get());
                    } catch (Throwable e) {
                        answer.set(e);
                    }
                },
                "small stack",
                SMALL_STACK);
        thread.start();
        thread.join();
        return String.valueOf(answer.get());
    }

    @ParameterizedTest
    @EnumSource
    void costsBoundedMemory(HostileProof hostile) {
        assumeTrue(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean, "a JVM that counts allocations");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        PresentedProof proof = presented(hostile.of(VALID));
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 20; i++) {
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            assertThat(CARDEA.refusal(proof)).isNotEmpty();
            least = Math.min(
                    least,
                    threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
        }
        assertThat(least).isLessThan(MOST_BYTES);
    }

    @Test
    @Tag("D01")
    void doesNotLookAtOneOfManyFields() {
        assertThat(CARDEA.refusal(presented(""), Collections.nCopies(10_000, HostileProof.DEEP_PAYLOAD.of(VALID))))
                .startsWith("PROOF_REPEATED: ");
    }

    @Test
    void remembersNoKeyOfAStranger() throws RejectedException {
        List<String> strangers = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            BigInteger modulus = HostileProof.number(2_048, i + 1);
            String n = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(Arrays.copyOfRange(modulus.toByteArray(), 1, 257));
            strangers.add(HostileProof.header(
                    VALID_TEXT,
                    "{\"typ\":\"dpop+jwt\",\"alg\":\"RS256\",\"jwk\":{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"" + n
                            + "\"}}"));
        }
        for (String stranger : strangers) {
            assertThat(CARDEA.refusal(presented(stranger))).startsWith("KEY_BINDING: ");
        }
        for (String stranger : strangers.subList(0, 50)) {
            CompactProof proof = CompactProof.parse(stranger);
            assertThat(CARDEA.keys.read(proof)).isNotSameAs(CARDEA.keys.read(proof));
        }
        CompactProof good = CompactProof.parse(VALID.another().build());
        assertThat(CARDEA.refusal(presented(VALID.another().build()))).isEmpty();
        assertThat(CARDEA.keys.read(good)).isSameAs(CARDEA.keys.read(good));
    }
}
