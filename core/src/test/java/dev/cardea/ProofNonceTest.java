package dev.cardea;

import static dev.cardea.Possessing.READ;
import static dev.cardea.Possessing.dpop;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.Possessing.Outcome;
import dev.cardea.testkit.DpopKey;
import dev.cardea.testkit.DpopProof;
import dev.cardea.testkit.ProofFault;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nonces in proofs, through the whole pipeline (RFC 9449 8, 9). */
class ProofNonceTest {
    private static final SentRequest ORDERS = SentRequest.to("/shop/orders");
    private static final String SECRET = "a-secret-of-at-least-32-characters-1";
    private static final String NEXT_SECRET = "a-secret-of-at-least-32-characters-2";

    private final Possessing world = new Possessing();
    private final String token = world.as
            .accessToken("orders:read")
            .boundTo(world.key)
            .claim("exp", world.clock.instant().getEpochSecond() + 36_000)
            .build();

    @AfterEach
    void close() {
        world.close();
    }

    private SentRequest with(String nonce) {
        return dpop(ORDERS, token, world.proof(ORDERS, token).nonce(nonce).build());
    }

    private String nonceFor(ResourceServer server) {
        return requireNonNull(world.send(server, world.proven(ORDERS, token)).nonce());
    }

    @Test
    @Tag("D12")
    @Tag("D22")
    @Tag("D25")
    @Tag("D26")
    @Tag("accepts")
    @Tag("refuses")
    void whereANonceIsRequiredAProofWithoutOneIsGivenOne() {
        ResourceServer server = world.server("cardea.dpop.nonce", "required");
        Outcome asked = world.send(server, world.proven(ORDERS, token));
        assertThat(asked.answer().status()).isEqualTo(401);
        assertThat(asked.reason()).isEqualTo("PROOF_NONCE");
        assertThat(asked.challenges().get(0)).startsWith("DPoP ").contains("error=\"use_dpop_nonce\"");
        assertThat(asked.answer().headers().get("DPoP-Nonce"))
                .singleElement()
                .asString()
                .matches("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");
        assertThat(asked.answer().headers()).containsEntry("Cache-Control", List.of("no-store"));

        Outcome granted = world.send(server, with(requireNonNull(asked.nonce())));
        assertThat(granted.reason()).isEqualTo("GRANTED");
        assertThat(granted.nonce()).as("it is the newest").isNull();
        assertThat(granted.notes()).isEmpty();
    }

    static Stream<ProofFault> faultsOfNonces() {
        return Stream.of(ProofFault.values()).filter(ProofFault::ofNonce);
    }

    @ParameterizedTest
    @MethodSource("faultsOfNonces")
    @Tag("D12")
    @Tag("D29")
    @Tag("accepts")
    @Tag("refuses")
    void everyOtherNonceIsRefused(ProofFault fault) {
        ResourceServer server = world.server("cardea.dpop.nonce", "required");
        DpopProof valid = world.proof(ORDERS, token).nonce(nonceFor(server));
        assertThat(world.send(server, dpop(ORDERS, token, valid.build())).reason())
                .isEqualTo("GRANTED");
        Outcome refused = world.send(server, dpop(ORDERS, token, valid.another().build(fault)));
        assertThat(refused.isGranted()).isFalse();
        assertThat(refused.challenges().get(0)).contains("error=\"" + fault.error() + "\"");
    }

    @Test
    @Tag("D12")
    @Tag("D26")
    @Tag("refuses")
    void aNonceIsForOneKey() {
        ResourceServer server = world.server("cardea.dpop.nonce", "required");
        String nonce = nonceFor(server);
        DpopKey other = DpopKey.generate("ES256");
        String others = world.as.issueBoundJwt(other, "orders:read");
        DpopProof proof = DpopProof.of(other, "GET", ORDERS.uri(), world.clock).token(others);
        assertThat(world.send(server, with(nonce)).reason()).isEqualTo("GRANTED");
        assertThat(world.send(server, dpop(ORDERS, others, proof.nonce(nonce).build()))
                        .reason())
                .isEqualTo("PROOF_NONCE");
    }

    @Test
    @Tag("D27")
    @Tag("D28")
    @Tag("D44")
    @Tag("accepts")
    @Tag("refuses")
    void anOlderNonceIsAcceptedForAWhileAndANewerOneRidesOnTheAnswer() {
        ResourceServer server = world.server("cardea.dpop.nonce", "required");
        String first = nonceFor(server);
        world.clock.pass(Duration.ofMinutes(2));
        Outcome later = world.send(server, with(first));
        assertThat(later.reason()).isEqualTo("GRANTED");
        String second = requireNonNull(later.nonce());
        assertThat(second).isNotEqualTo(first);
        assertThat(later.notes()).containsEntry("Cache-Control", "no-store");
        assertThat(world.send(server, with(second)).notes()).isEmpty();
        assertThat(world.send(server, with(first)).reason())
                .as("concurrent calls with the older one")
                .isEqualTo("GRANTED");

        world.clock.pass(Duration.ofMinutes(10));
        Outcome old = world.send(server, with(first));
        assertThat(old.reason()).isEqualTo("PROOF_NONCE");
        assertThat(world.send(server, with(requireNonNull(old.nonce()))).reason())
                .isEqualTo("GRANTED");
    }

    @Test
    @Tag("D13")
    @Tag("D25")
    @Tag("accepts")
    @Tag("refuses")
    void aNonceStandsForAClockThatIsWrong() {
        ResourceServer server = world.server();
        for (long off : new long[] {-7200, 7200}) {
            long wrong = world.clock.instant().getEpochSecond() + off;
            DpopProof proof = world.proof(ORDERS, token).issuedAt(wrong);
            Outcome asked = world.send(server, dpop(ORDERS, token, proof.build()));
            assertThat(asked.reason()).isEqualTo("PROOF_NONCE");
            String nonce = requireNonNull(asked.nonce());
            SentRequest rescued =
                    dpop(ORDERS, token, proof.another().nonce(nonce).build());
            assertThat(world.send(server, rescued).reason()).isEqualTo("GRANTED");
            assertThat(world.send(server, rescued).reason()).isEqualTo("PROOF_REPLAYED");
            world.clock.pass(Duration.ofMinutes(4));
            assertThat(world.send(server, rescued).reason())
                    .as("as long as the nonce is accepted")
                    .isEqualTo("PROOF_REPLAYED");
            world.clock.pass(Duration.ofMinutes(4));
            assertThat(world.send(server, rescued).reason()).isEqualTo("PROOF_NONCE");
        }
        assertThat(world.send(server, world.proven(ORDERS, token)).notes())
                .as("who needs none is given none")
                .isEmpty();
        Outcome unsound = world.send(
                server,
                dpop(ORDERS, token, world.proof(ORDERS, token).issuedAt(0).build(ProofFault.TAMPERED_SIGNATURE)));
        assertThat(unsound.reason()).isEqualTo("PROOF_SIGNATURE");
        assertThat(unsound.nonce()).as("only who is sound otherwise is helped").isNull();
    }

    @Test
    @Tag("D28")
    @Tag("accepts")
    void anyNodeTakesAnotherNodesNonceAndSecretsAreReplacedOneByOne() {
        ResourceServer one = world.server("cardea.dpop.nonce", "required", "cardea.dpop.nonce-secret", SECRET);
        ResourceServer two =
                world.server("cardea.dpop.nonce", "required", "cardea.dpop.nonce-secret", SECRET + " " + NEXT_SECRET);
        ResourceServer three =
                world.server("cardea.dpop.nonce", "required", "cardea.dpop.nonce-secret", NEXT_SECRET + " " + SECRET);
        ResourceServer stranger = world.server("cardea.dpop.nonce", "required");
        assertThat(world.send(two, with(nonceFor(one))).reason()).isEqualTo("GRANTED");
        assertThat(world.send(one, with(nonceFor(two))).reason()).isEqualTo("GRANTED");
        Outcome renewed = world.send(three, with(nonceFor(one)));
        assertThat(renewed.reason()).isEqualTo("GRANTED");
        assertThat(world.send(two, with(requireNonNull(renewed.nonce()))).reason())
                .isEqualTo("GRANTED");
        assertThat(world.send(stranger, with(nonceFor(one))).reason()).isEqualTo("PROOF_NONCE");
    }

    @Test
    @Tag("D12")
    @Tag("accepts")
    @Tag("refuses")
    void aPathRuleSaysWhereANonceIsNeeded() {
        ResourceServer server =
                world.server("cardea.routes.pay.path", "/pay", "cardea.routes.pay.dpop-nonce", "required");
        SentRequest pay = SentRequest.to("/pay");
        assertThat(world.send(server, world.proven(ORDERS, token)).reason()).isEqualTo("GRANTED");
        Outcome asked = world.send(server, world.proven(pay, token));
        assertThat(asked.reason()).isEqualTo("PROOF_NONCE");
        assertThat(world.send(
                                server,
                                dpop(
                                        pay,
                                        token,
                                        world.proof(pay, token)
                                                .nonce(requireNonNull(asked.nonce()))
                                                .build()))
                        .reason())
                .isEqualTo("GRANTED");
    }

    /** A forward to where a nonce is needed: the proof counts once, and what it lacks is noticed. */
    @Test
    @Tag("D12")
    @Tag("D30")
    @Tag("accepts")
    @Tag("refuses")
    void aDispatchToWhereMoreIsAskedAsksMoreOfTheSameProof() {
        ResourceServer server = world.server(
                "cardea.routes.pay.path", "/pay",
                "cardea.routes.pay.dpop-nonce", "required",
                "cardea.routes.fresh.path", "/fresh",
                "cardea.routes.fresh.validation", "local-and-introspect");
        String jwt = world.as.issueBoundJwt(world.key, "orders:read");
        SentRequest request = world.proven(ORDERS, jwt);
        Authentication authentication = server.authenticate(request, server.rule(request));
        assertThat(server.authorize(authentication, server.rule(request), READ)).isInstanceOf(Decision.Granted.class);
        assertThat(server.authorize(authentication, server.rule(SentRequest.to("/fresh")), READ))
                .as("validated once more, by the proof that was used")
                .isInstanceOf(Decision.Granted.class);
        Decision refused = server.authorize(authentication, server.rule(SentRequest.to("/pay")), READ);
        assertThat(refused).isInstanceOf(Decision.Denied.class);
        assertThat(((Decision.Denied) refused).answer().headers()).containsKey("DPoP-Nonce");
        String nonce =
                ((Decision.Denied) refused).answer().headers().get("DPoP-Nonce").get(0);
        SentRequest pay = SentRequest.to("/pay");
        assertThat(world.send(
                                server,
                                dpop(
                                        pay,
                                        jwt,
                                        world.proof(pay, jwt).nonce(nonce).build()))
                        .reason())
                .as("the nonce that came with the refusal")
                .isEqualTo("GRANTED");
        assertThat(world.send(server, request).reason()).isEqualTo("PROOF_REPLAYED");
    }

    /** The client's second attempt has the nonce: it must be of use although nobody asked for one where it arrived. */
    @Test
    @Tag("D12")
    @Tag("D13")
    @Tag("accepts")
    @Tag("refuses")
    void aNonceCountsBehindADispatchFromWhereThereAreNone() {
        ResourceServer server = world.server(
                "cardea.dpop.nonce", "off",
                "cardea.routes.pay.path", "/pay",
                "cardea.routes.pay.dpop-nonce", "required");
        PathRule pay = server.rule(SentRequest.to("/pay"));
        Decision asked = authorized(server, world.proven(ORDERS, token), pay);
        String nonce = asked.fold(
                caller -> "", answer -> answer.headers().get("DPoP-Nonce").get(0));
        DpopProof proof = world.proof(ORDERS, token).nonce(nonce);
        assertThat(authorized(server, dpop(ORDERS, token, proof.build()), pay)).isInstanceOf(Decision.Granted.class);

        String invented = "A".repeat(nonce.length());
        assertThat(authorized(
                        server,
                        dpop(ORDERS, token, proof.another().nonce(invented).build()),
                        pay))
                .isInstanceOf(Decision.Denied.class);
        long old = world.clock.instant().getEpochSecond() - 3600;
        assertThat(authorized(
                        server,
                        dpop(ORDERS, token, proof.another().issuedAt(old).build()),
                        pay))
                .as("where there are no nonces, iat counts")
                .isInstanceOf(Decision.Denied.class);
        assertThat(world.send(
                                server,
                                dpop(
                                        ORDERS,
                                        token,
                                        proof.another().nonce(invented).build()))
                        .reason())
                .as("an authorization server's, maybe")
                .isEqualTo("GRANTED");
    }

    private static Decision authorized(ResourceServer server, SentRequest request, PathRule dispatchedTo) {
        Authentication authentication = server.authenticate(request, server.rule(request));
        return server.authorize(authentication, dispatchedTo, READ);
    }
}
