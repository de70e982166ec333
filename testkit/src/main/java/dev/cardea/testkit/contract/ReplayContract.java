package dev.cardea.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cardea.testkit.DpopKey;
import dev.cardea.testkit.DpopProof;
import dev.cardea.testkit.ProofFault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A proof is good once (RFC 9449 section 11.1), and for a short time (sections 8 and 9). */
abstract class ReplayContract extends ProofContract {

    private static final int COPIES = 50;

    @ParameterizedTest
    @CsvSource({
        "JWT, /api/orders",
        "JWT, /plain/servlet",
        "OPAQUE, /api/orders",
        "OPAQUE, /plain/servlet",
        "JWT, /api/open"
    })
    @Tag("D30")
    @Tag("D44")
    @Tag("accepts")
    @Tag("refuses")
    void aProofIsGoodOnce(Kind kind, String path) throws Exception {
        DpopKey key = DpopKey.generate();
        String token = bound(kind, key, READ);
        DpopProof once = proof(key, token, path);
        RawRequest request = http().get(path).dpop(token, once.build());

        Expect.granted(request.send());
        RawResponse again = request.send();
        Expect.invalidProof(again);
        assertThat(again.all("Cache-Control")).containsExactly("no-store");
        Expect.invalidProof(
                http().get(path + "?other").dpop(token, once.build()).send());
        Expect.granted(http().get(path).dpop(token, once.another().build()).send());
    }

    /** The {@code jti} is the client's, who may count: it means nothing beside another key or another target. */
    @Test
    @Tag("D30")
    @Tag("accepts")
    @Tag("refuses")
    void theSameJtiMayBeUsedByAnotherKeyAndForAnotherTarget() throws Exception {
        DpopKey one = DpopKey.generate();
        DpopKey other = DpopKey.generate();
        String ones = bound(Kind.JWT, one, READ);
        String others = bound(Kind.JWT, other, READ);
        DpopProof proof = proof(one, ones, ORDERS);
        String jti = String.valueOf(proof.claims().get("jti"));

        Expect.granted(orders().dpop(ones, proof.build()).send());
        Expect.granted(
                orders().dpop(others, proof(other, others, ORDERS).jti(jti).build())
                        .send());
        Expect.granted(http().get("/plain/servlet")
                .dpop(ones, proof.request("GET", uri("/plain/servlet")).build())
                .send());
        Expect.invalidProof(orders().dpop(ones, proof.build()).send());
        Expect.invalidProof(http().get("/plain/servlet")
                .dpop(ones, proof.request("GET", uri("/plain/servlet")).build())
                .send());
    }

    /** Neither another spelling of the target nor another token makes a new proof of an old {@code jti}. */
    @Test
    @Tag("D30")
    @Tag("D10")
    @Tag("refuses")
    void aJtiIsUsedUpHoweverTheTargetIsSpelled() throws Exception {
        DpopKey key = DpopKey.generate();
        String token = bound(Kind.JWT, key, READ);
        String second = bound(Kind.JWT, key, READ);
        DpopProof proof = proof(key, token, ORDERS);

        Expect.granted(orders().dpop(token, proof.build()).send());
        for (String htu : List.of(uri(ORDERS) + "?x", uri("/x/..") + ORDERS, uri("/%61pi/orders"))) {
            Expect.invalidProof(
                    orders().dpop(token, proof.request("GET", htu).build()).send());
        }
        Expect.invalidProof(orders().dpop(second, proof.token(second).build()).send());
        Expect.granted(
                orders().dpop(second, proof.token(second).another().build()).send());
    }

    @ParameterizedTest
    @EnumSource
    @Tag("D33")
    @Tag("accepts")
    @Tag("refuses")
    void ofFiftyCopiesAtOnceOneIsGranted(Kind kind) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(COPIES);
        try {
            for (int round = 0; round < 4; round++) {
                DpopKey key = DpopKey.generate();
                String token = bound(kind, key, READ);
                RawRequest request = http().get(round % 2 == 0 ? ORDERS : "/plain/servlet")
                        .dpop(
                                token,
                                proof(key, token, round % 2 == 0 ? ORDERS : "/plain/servlet")
                                        .build());
                CyclicBarrier start = new CyclicBarrier(COPIES);
                List<Future<RawResponse>> answers = new ArrayList<>();
                for (int i = 0; i < COPIES; i++) {
                    answers.add(clients.submit(() -> {
                        start.await();
                        return request.send();
                    }));
                }
                int granted = 0;
                for (Future<RawResponse> answer : answers) {
                    if (answer.get().status() == 200) {
                        granted++;
                    } else {
                        Expect.invalidProof(answer.get());
                    }
                }
                assertThat(granted).as("granted in round %d", round).isEqualTo(1);
            }
        } finally {
            clients.shutdownNow();
        }
    }

    /** Where the application lends its clock to clients whose own is wrong. */
    @ParameterizedTest
    @EnumSource(names = {"IAT_HOUR_AGO", "IAT_IN_AN_HOUR"})
    @Tag("D13")
    @Tag("D25")
    @Tag("D26")
    @Tag("accepts")
    @Tag("refuses")
    void aClientWhoseClockIsWrongIsHelpedByANonce(ProofFault clock) throws Exception {
        DpopKey key = DpopKey.generate();
        String token = bound(Kind.JWT, key, READ);
        DpopProof right = proof(key, token, ORDERS);
        RawResponse first = orders().dpop(token, right.build(clock)).send();
        assumeTrue(!first.all("DPoP-Nonce").isEmpty(), "the application gives no nonces");
        String nonce = Expect.nonceNeeded(first);
        DpopProof wrong =
                right.issuedAt(Instant.now().getEpochSecond() + (clock == ProofFault.IAT_HOUR_AGO ? -3600 : 3600));

        for (ProofFault fault : List.of(ProofFault.NONCE_TAMPERED, ProofFault.NONCE_MADE_UP, ProofFault.NONCE_EMPTY)) {
            Expect.nonceNeeded(
                    orders().dpop(token, wrong.nonce(nonce).build(fault)).send());
        }
        Expect.nonceNeeded(orders().dpop(token, wrong.build()).send());
        DpopProof rescued = wrong.nonce(nonce);
        Expect.granted(orders().dpop(token, rescued.build()).send());
        Expect.invalidProof(orders().dpop(token, rescued.build()).send());
        Expect.granted(orders().dpop(token, rescued.another().build()).send());
    }

    /** A nonce is for one key; and who brings one is held to it, whatever the clock says. */
    @Test
    @Tag("D12")
    @Tag("D29")
    @Tag("accepts")
    @Tag("refuses")
    void aNonceOfSomebodyElseIsNoNonce() throws Exception {
        DpopKey key = DpopKey.generate();
        String token = bound(Kind.JWT, key, READ);
        RawResponse first = orders().dpop(token, proof(key, token, ORDERS).build(ProofFault.IAT_HOUR_AGO))
                .send();
        assumeTrue(!first.all("DPoP-Nonce").isEmpty(), "the application gives no nonces");
        String nonce = Expect.nonceNeeded(first);
        DpopKey other = DpopKey.generate();
        String others = bound(Kind.JWT, other, READ);

        Expect.nonceNeeded(
                orders().dpop(others, proof(other, others, ORDERS).nonce(nonce).build())
                        .send());
        Expect.nonceNeeded(orders().dpop(
                        token,
                        proof(key, token, ORDERS)
                                .nonce("nonce-of-the-authorization-server")
                                .build())
                .send());
        Expect.granted(
                orders().dpop(token, proof(key, token, ORDERS).nonce(nonce).build())
                        .send());
    }
}
