package dev.cardea;

import static dev.cardea.Possessing.READ;
import static dev.cardea.Possessing.dpop;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cardea.Possessing.Outcome;
import dev.cardea.testkit.AccessTokens;
import dev.cardea.testkit.DpopKey;
import dev.cardea.testkit.DpopProof;
import dev.cardea.testkit.ProofFault;
import dev.cardea.testkit.ProofVariant;
import dev.cardea.testkit.TestAuthorizationServer;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that are bound to a key, through the whole pipeline (RFC 9449). */
class ProofOfPossessionTest {
    private static final Possessing WORLD = new Possessing();
    private static final ResourceServer SERVER = WORLD.server();
    private static final ResourceServer WITHOUT_NONCES = WORLD.server("cardea.dpop.nonce", "off");
    private static final SentRequest ORDERS = SentRequest.to("/shop/orders");

    @AfterAll
    static void close() {
        WORLD.close();
    }

    // 4.3: one fault each

    @ParameterizedTest
    @EnumSource
    @Tag("D01")
    @Tag("D02")
    @Tag("D03")
    @Tag("D04")
    @Tag("D05")
    @Tag("D06")
    @Tag("D07")
    @Tag("D08")
    @Tag("D09")
    @Tag("D10")
    @Tag("D13")
    @Tag("D14")
    @Tag("D15")
    @Tag("D16")
    @Tag("D22")
    @Tag("D31")
    @Tag("D37")
    @Tag("D42")
    @Tag("D43")
    @Tag("W07")
    @Tag("accepts")
    @Tag("refuses")
    void refusesEveryFaultOfAProofAndGrantsItsTwin(ProofFault fault) {
        assumeTrue(!fault.ofNonce(), "nonces have tests of their own");
        DpopKey bound = fault.key(WORLD.key);
        for (String token : List.of(
                WORLD.as.issueBoundJwt(bound, "orders:read"), WORLD.as.issueBoundOpaque(bound, "orders:read"))) {
            DpopProof valid =
                    DpopProof.of(WORLD.key, "GET", ORDERS.uri(), WORLD.clock).token(token);
            Outcome twin =
                    WORLD.send(WITHOUT_NONCES, WORLD.proven(ORDERS, WORLD.as.issueBoundJwt(WORLD.key, "orders:read")));
            assertThat(twin.reason()).isEqualTo("GRANTED");

            Outcome refused = WORLD.send(WITHOUT_NONCES, dpop(ORDERS, token, valid.build(fault)));

            assertThat(refused.isGranted()).as(fault.what()).isFalse();
            assertThat(refused.answer().status()).isEqualTo(401);
            assertThat(refused.challenges().get(0))
                    .as("%s: %s", fault.what(), refused.reason())
                    .startsWith("DPoP ")
                    .contains("error=\"" + fault.error() + "\"");
            assertThat(refused.challenges().get(1)).startsWith("Bearer ").doesNotContain("error");
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("D09")
    @Tag("D10")
    @Tag("D13")
    @Tag("D37")
    @Tag("accepts")
    void grantsEveryProofThatIsOnlyWrittenDifferently(ProofVariant variant) {
        String token = WORLD.as.issueBoundJwt(WORLD.key, "orders:read");
        DpopProof valid = WORLD.proof(ORDERS, token);
        assertThat(WORLD.send(SERVER, dpop(ORDERS, token, valid.build(variant))).reason())
                .isEqualTo("GRANTED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "ES384", "ES512", "PS256", "RS256", "EdDSA", "Ed25519"})
    @Tag("D05")
    @Tag("D06")
    @Tag("D15")
    @Tag("accepts")
    @Tag("refuses")
    void takesTheAlgorithmsThatClientsUse(String algorithm) {
        DpopKey key = DpopKey.generate(algorithm);
        String token = WORLD.as.issueBoundJwt(key, "orders:read");
        DpopProof proof = DpopProof.of(key, "GET", ORDERS.uri(), WORLD.clock).token(token);
        assertThat(WORLD.send(SERVER, dpop(ORDERS, token, proof.build())).reason())
                .isEqualTo("GRANTED");
        assertThat(WORLD.send(SERVER, dpop(ORDERS, token, proof.another().build()))
                        .reason())
                .as("the key is known now")
                .isEqualTo("GRANTED");
        assertThat(WORLD.send(SERVER, dpop(ORDERS, token, proof.another().build(ProofFault.TAMPERED_SIGNATURE)))
                        .reason())
                .isEqualTo("PROOF_SIGNATURE");
        String others = WORLD.as.issueBoundJwt(WORLD.key, "orders:read");
        assertThat(WORLD.send(SERVER, dpop(ORDERS, others, proof.token(others).build()))
                        .reason())
                .isEqualTo("KEY_BINDING");
    }

    @Test
    @Tag("D05")
    @Tag("D21")
    @Tag("accepts")
    @Tag("refuses")
    void takesNoOtherAlgorithmsThanItOffers() {
        ResourceServer strict = WORLD.server("cardea.dpop.algorithms", "PS256");
        DpopKey allowed = DpopKey.generate("PS256");
        String token = WORLD.as.issueBoundJwt(allowed, "orders:read");
        DpopProof proof =
                DpopProof.of(allowed, "GET", ORDERS.uri(), WORLD.clock).token(token);
        assertThat(WORLD.send(strict, dpop(ORDERS, token, proof.build())).isGranted())
                .isTrue();
        Outcome refused = WORLD.send(strict, WORLD.proven(ORDERS, WORLD.as.issueBoundJwt(WORLD.key, "orders:read")));
        assertThat(refused.reason()).isEqualTo("PROOF_ALGORITHM");
        assertThat(refused.challenges().get(0)).contains("algs=\"PS256\"");
    }

    // Fields and schemes

    @Test
    @Tag("D01")
    @Tag("refuses")
    @Tag("accepts")
    void takesOneFieldWithOneProof() {
        String token = WORLD.as.issueBoundJwt(WORLD.key, "orders:read");
        DpopProof proof = WORLD.proof(ORDERS, token);
        SentRequest base = ORDERS.with("Authorization", "DPoP " + token);
        assertThat(WORLD.send(SERVER, base.with("DPoP", proof.build())).reason())
                .isEqualTo("GRANTED");
        assertThat(WORLD.send(SERVER, base.with("DPoP", " " + proof.another().build() + "\t"))
                        .reason())
                .isEqualTo("GRANTED");
        assertThat(WORLD.send(SERVER, base).reason()).isEqualTo("PROOF_MISSING");
        assertThat(WORLD.send(
                                SERVER,
                                base.with(
                                        "DPoP",
                                        proof.another().build(),
                                        proof.another().build()))
                        .reason())
                .isEqualTo("PROOF_REPEATED");
        String pair = proof.another().build() + "," + proof.another().build();
        assertThat(WORLD.send(SERVER, base.with("DPoP", pair)).reason()).isEqualTo("PROOF_REPEATED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DPoP", "dpop", "DPOP", "dPoP"})
    @Tag("D17")
    @Tag("accepts")
    void theSchemeIsWrittenInAnyCase(String scheme) {
        String token = WORLD.as.issueBoundJwt(WORLD.key, "orders:read");
        String proof = WORLD.proof(ORDERS, token).build();
        assertThat(WORLD.send(
                                SERVER,
                                ORDERS.with("Authorization", scheme + " " + token)
                                        .with("DPoP", proof))
                        .reason())
                .isEqualTo("GRANTED");
        assertThat(WORLD.last().scheme()).isEqualTo("DPoP");
        assertThat(WORLD.last().binding()).isEqualTo("KEY");
    }

    @Test
    @Tag("D17")
    @Tag("D18")
    @Tag("refuses")
    @Tag("accepts")
    void anUnboundTokenIsNoDpopToken() {
        String unbound = WORLD.as.issueJwt("orders:read");
        assertThat(WORLD.send(SERVER, ORDERS.with("Authorization", "Bearer " + unbound))
                        .reason())
                .isEqualTo("GRANTED");
        for (String token : List.of(unbound, WORLD.as.issueOpaque("orders:read"))) {
            Outcome refused = WORLD.send(SERVER, WORLD.proven(ORDERS, token));
            assertThat(refused.reason()).isEqualTo("TOKEN_UNBOUND");
            assertThat(refused.challenges().get(0)).contains("error=\"invalid_token\"");
        }
    }

    @Test
    @Tag("D19")
    @Tag("D38")
    @Tag("D39")
    @Tag("refuses")
    @Tag("accepts")
    void aBoundTokenIsNoBearerToken() {
        for (String token : List.of(
                WORLD.as.issueBoundJwt(WORLD.key, "orders:read"),
                WORLD.as.issueBoundOpaque(WORLD.key, "orders:read"))) {
            assertThat(WORLD.send(SERVER, WORLD.proven(ORDERS, token)).reason()).isEqualTo("GRANTED");
            SentRequest bearer = ORDERS.with("Authorization", "Bearer " + token);
            String proof = WORLD.proof(ORDERS, token).build();
            for (SentRequest downgraded : List.of(bearer, bearer.with("DPoP", proof))) {
                Outcome refused = WORLD.send(SERVER, downgraded);
                assertThat(refused.reason()).isEqualTo("SENDER_CONSTRAINED");
                assertThat(refused.challenges().get(0)).startsWith("Bearer ").contains("error=\"invalid_token\"");
                assertThat(refused.challenges().get(1)).startsWith("DPoP ").contains("algs=");
            }
        }
    }

    @Test
    @Tag("D38")
    @Tag("refuses")
    void anAnswerThatContradictsItselfAboutTheTypeBindsToNobody() {
        var bound = WORLD.as.boundMetadata(WORLD.key, "orders:read");
        assertThat(WORLD.send(SERVER, WORLD.proven(ORDERS, WORLD.as.issueOpaque(bound)))
                        .reason())
                .isEqualTo("GRANTED");
        bound.put("token_type", "Bearer");
        assertThat(WORLD.send(SERVER, WORLD.proven(ORDERS, WORLD.as.issueOpaque(bound)))
                        .reason())
                .isEqualTo("CONFIRMATION_UNKNOWN");
        bound.remove("token_type");
        assertThat(WORLD.send(SERVER, WORLD.proven(ORDERS, WORLD.as.issueOpaque(bound)))
                        .reason())
                .isEqualTo("GRANTED");
    }

    /** N16: what names nobody, or nobody who can be checked, is not mended by what the other one says. */
    @Test
    @Tag("D38")
    @Tag("M14")
    @Tag("N16")
    @Tag("refuses")
    @Tag("accepts")
    void aJwtAndTheAnswerAboutItBindItOnlyTogether() {
        Map<String, Object> jkt = Map.of("jkt", WORLD.key.thumbprint());
        List<Map<String, Object>> unusable = List.of(
                Map.of(), Collections.singletonMap("jkt", null), Map.of("jkt", 5), Map.of("jwk", Map.of("kty", "EC")));
        for (String mode : List.of("introspect", "local-and-introspect")) {
            ResourceServer asking = WORLD.server("cardea.token.validation", mode);
            assertThat(provenWith(asking, jkt, jkt)).as(mode).isEqualTo("GRANTED");
            assertThat(provenWith(asking, jkt, null)).as(mode).isEqualTo("GRANTED");
            assertThat(provenWith(asking, null, jkt)).as(mode).isEqualTo("GRANTED");
            for (Map<String, Object> nobody : unusable) {
                assertThat(provenWith(asking, nobody, jkt))
                        .as("%s: %s in the JWT", mode, nobody)
                        .isEqualTo("CONFIRMATION_UNKNOWN");
                assertThat(provenWith(asking, jkt, nobody))
                        .as("%s: %s in the answer", mode, nobody)
                        .isEqualTo("CONFIRMATION_UNKNOWN");
            }
        }
    }

    /** Null for no {@code cnf} at all. */
    private static String provenWith(
            ResourceServer server, @Nullable Map<String, Object> inJwt, @Nullable Map<String, Object> inAnswer) {
        AccessTokens claims = WORLD.as.accessToken("orders:read");
        String jwt = (inJwt == null ? claims : claims.claim("cnf", inJwt)).build();
        Map<String, Object> answer = new LinkedHashMap<>(Map.of(
                "active", true, "aud", TestAuthorizationServer.AUDIENCE, "scope", "orders:read", "sub", "alice"));
        if (inAnswer != null) {
            answer.put("cnf", inAnswer);
        }
        WORLD.as.introspectAs(jwt, JsonUtil.toJson(answer));
        return WORLD.send(server, WORLD.proven(ORDERS, jwt)).reason();
    }

    @Test
    @Tag("D20")
    @Tag("accepts")
    void aProofBesideAnUnboundTokenIsIgnoredAndCounted() {
        String token = WORLD.as.issueJwt("orders:read");
        SentRequest bearer = ORDERS.with("Authorization", "Bearer " + token);
        assertThat(WORLD.send(SERVER, bearer).isGranted()).isTrue();
        assertThat(WORLD.last().strayProof()).isFalse();
        assertThat(WORLD.send(SERVER, bearer.with("DPoP", "nonsense")).isGranted())
                .isTrue();
        assertThat(WORLD.last().strayProof()).isTrue();
    }

    @Test
    @Tag("D21")
    @Tag("D23")
    @Tag("D24")
    @Tag("refuses")
    @Tag("accepts")
    void offersBothSchemesAndSaysWhatIsWrongWhereItIs() {
        String good = WORLD.as.issueBoundJwt(WORLD.key, "orders:read");
        assertThat(WORLD.send(SERVER, WORLD.proven(ORDERS, good).with("Proxy-Authorization", "Basic x"))
                        .reason())
                .isEqualTo("GRANTED");
        Outcome none = WORLD.send(SERVER, ORDERS.with("Proxy-Authorization", "DPoP x"));
        assertThat(none.challenges()).hasSize(2).allSatisfy(challenge -> assertThat(challenge)
                .doesNotContain("error"));
        assertThat(none.challenges().get(1)).startsWith("DPoP ").contains("algs=\"ES256 ");
        assertThat(none.answer().headers()).doesNotContainKey("Proxy-Authenticate");

        Outcome twice = WORLD.send(SERVER, ORDERS.with("Authorization", "Bearer a", "DPoP b"));
        assertThat(twice.answer().status()).isEqualTo(400);
        assertThat(twice.challenges()).hasSize(2).allSatisfy(challenge -> assertThat(challenge)
                .contains("error=\"invalid_request\""));

        String narrow = WORLD.as.issueBoundJwt(WORLD.key, "orders:write");
        Outcome scope = WORLD.send(SERVER, WORLD.proven(ORDERS, narrow));
        assertThat(scope.answer().status()).isEqualTo(403);
        assertThat(scope.challenges())
                .singleElement()
                .asString()
                .startsWith("DPoP ")
                .contains("insufficient_scope");
    }

    // Modes

    @Test
    @Tag("D40")
    @Tag("refuses")
    @Tag("accepts")
    void whereProofsAreNotCheckedBoundTokensAreRefusedInEveryWay() {
        ResourceServer off = WORLD.server("cardea.dpop.mode", "off");
        String token = WORLD.as.issueBoundJwt(WORLD.key, "orders:read");
        assertThat(WORLD.send(SERVER, WORLD.proven(ORDERS, token)).isGranted()).isTrue();
        Outcome proven = WORLD.send(off, WORLD.proven(ORDERS, token));
        assertThat(proven.reason()).isEqualTo("UNSUPPORTED_SCHEME");
        assertThat(proven.challenges()).singleElement().asString().startsWith("Bearer ");
        assertThat(WORLD.send(off, ORDERS.with("Authorization", "Bearer " + token))
                        .reason())
                .isEqualTo("SENDER_CONSTRAINED");
        assertThat(WORLD.send(off, ORDERS.with("Authorization", "Bearer " + WORLD.as.issueJwt("orders:read")))
                        .isGranted())
                .isTrue();
    }

    @Test
    @Tag("D39")
    @Tag("refuses")
    @Tag("accepts")
    void whereBoundTokensAreRequiredUnboundOnesAreRefused() {
        ResourceServer required = WORLD.server(
                "cardea.dpop.mode", "required",
                "cardea.routes.legacy.path", "/legacy/*",
                "cardea.routes.legacy.sender-constraint", "optional");
        String unbound = WORLD.as.issueJwt("orders:read");
        Outcome refused = WORLD.send(required, ORDERS.with("Authorization", "Bearer " + unbound));
        assertThat(refused.reason()).isEqualTo("SENDER_CONSTRAINT_MISSING");
        assertThat(refused.answer().status()).isEqualTo(401);
        assertThat(refused.challenges())
                .singleElement()
                .asString()
                .startsWith("DPoP ")
                .contains("error=\"invalid_token\"");
        assertThat(WORLD.send(required, ORDERS).challenges())
                .singleElement()
                .asString()
                .startsWith("DPoP ");
        assertThat(WORLD.send(required, WORLD.proven(ORDERS, WORLD.as.issueBoundJwt(WORLD.key, "orders:read")))
                        .isGranted())
                .isTrue();
        SentRequest legacy = SentRequest.to("/legacy/orders").with("Authorization", "Bearer " + unbound);
        assertThat(WORLD.send(required, legacy).reason()).isEqualTo("GRANTED");
    }

    @Test
    @Tag("D39")
    @Tag("refuses")
    @Tag("accepts")
    void aRuleAndAnAnnotationAskForBoundTokensByThemselves() {
        ResourceServer server = WORLD.server(
                "cardea.routes.pay.path", "/pay",
                "cardea.routes.pay.sender-constraint", "required",
                "cardea.routes.key.path", "/key",
                "cardea.routes.key.sender-constraint", "dpop",
                "cardea.routes.certificate.path", "/certificate",
                "cardea.routes.certificate.sender-constraint", "certificate",
                "cardea.routes.unbound.path", "/unbound",
                "cardea.routes.unbound.sender-constraint", "off");
        String bearer = "Bearer " + WORLD.as.issueJwt("orders:read");
        String bound = WORLD.as.issueBoundJwt(WORLD.key, "orders:read");
        for (String path : List.of("/pay", "/key")) {
            assertThat(WORLD.send(server, WORLD.proven(SentRequest.to(path), bound))
                            .reason())
                    .isEqualTo("GRANTED");
            assertThat(WORLD.send(server, SentRequest.to(path).with("Authorization", bearer))
                            .reason())
                    .isEqualTo("SENDER_CONSTRAINT_MISSING");
        }
        assertThat(WORLD.send(server, WORLD.proven(SentRequest.to("/certificate"), bound))
                        .reason())
                .isEqualTo("SENDER_CONSTRAINT_MISSING");
        assertThat(WORLD.send(server, SentRequest.to("/unbound").with("Authorization", bearer))
                        .reason())
                .isEqualTo("GRANTED");
        assertThat(WORLD.send(server, WORLD.proven(SentRequest.to("/unbound"), bound))
                        .reason())
                .isEqualTo("SENDER_CONSTRAINED");

        AccessPolicy declared = READ.and(AccessPolicy.declaredOn(Payments.class).orElseThrow());
        assertThat(WORLD.send(server, WORLD.proven(ORDERS, bound), declared).reason())
                .isEqualTo("GRANTED");
        assertThat(WORLD.send(server, ORDERS.with("Authorization", bearer), declared)
                        .reason())
                .isEqualTo("SENDER_CONSTRAINT_MISSING");
    }

    @RequiresSenderConstrainedToken
    private static final class Payments {}

    // Replay

    @Test
    @Tag("D30")
    @Tag("D44")
    @Tag("refuses")
    @Tag("accepts")
    void aProofCountsOnceForItsKeyMethodAndAddress() {
        String token = WORLD.as.issueBoundJwt(WORLD.key, "orders:read");
        DpopProof proof = WORLD.proof(ORDERS, token).jti("the-one");
        SentRequest request = dpop(ORDERS, token, proof.build());
        assertThat(WORLD.send(SERVER, request).reason()).isEqualTo("GRANTED");
        Outcome again = WORLD.send(SERVER, request);
        assertThat(again.reason()).isEqualTo("PROOF_REPLAYED");
        assertThat(again.challenges().get(0)).contains("error=\"invalid_dpop_proof\"");
        assertThat(again.answer().headers()).containsEntry("Cache-Control", List.of("no-store"));
        assertThat(WORLD.send(
                                SERVER,
                                dpop(
                                        ORDERS,
                                        token,
                                        proof.issuedAt(WORLD.clock.instant().getEpochSecond() - 3)
                                                .build()))
                        .reason())
                .as("the same jti, signed anew")
                .isEqualTo("PROOF_REPLAYED");

        SentRequest post = ORDERS.method("POST");
        SentRequest other = SentRequest.to("/shop/others");
        DpopKey otherKey = DpopKey.generate("ES256");
        String otherToken = WORLD.as.issueBoundJwt(otherKey, "orders:read");
        assertThat(WORLD.send(
                                SERVER,
                                dpop(
                                        post,
                                        token,
                                        proof.request("POST", post.uri()).build()))
                        .reason())
                .isEqualTo("GRANTED");
        assertThat(WORLD.send(
                                SERVER,
                                dpop(
                                        other,
                                        token,
                                        proof.request("GET", other.uri()).build()))
                        .reason())
                .isEqualTo("GRANTED");
        assertThat(WORLD.send(
                                SERVER,
                                dpop(
                                        ORDERS,
                                        otherToken,
                                        DpopProof.of(otherKey, "GET", ORDERS.uri(), WORLD.clock)
                                                .token(otherToken)
                                                .jti("the-one")
                                                .build()))
                        .reason())
                .isEqualTo("GRANTED");
    }

    @Test
    @Tag("D34")
    @Tag("accepts")
    @Tag("refuses")
    void nobodyUsesUpAProofThatIsNotHis() {
        String token = WORLD.as.issueBoundJwt(WORLD.key, "orders:read");
        DpopProof proof = WORLD.proof(ORDERS, token).jti("his-own");
        DpopKey thief = DpopKey.generate("ES256");
        String stolen = DpopProof.of(thief, "GET", ORDERS.uri(), WORLD.clock)
                .token(token)
                .jti("his-own")
                .build();
        assertThat(WORLD.send(SERVER, dpop(ORDERS, token, stolen)).reason()).isEqualTo("KEY_BINDING");
        assertThat(WORLD.send(SERVER, dpop(ORDERS, token, proof.build(ProofFault.TAMPERED_SIGNATURE)))
                        .reason())
                .isEqualTo("PROOF_SIGNATURE");
        assertThat(WORLD.send(SERVER, dpop(ORDERS, token, proof.build())).reason())
                .isEqualTo("GRANTED");
    }

    @Test
    @Tag("D13")
    @Tag("D32")
    @Tag("accepts")
    @Tag("refuses")
    void aProofIsAcceptedWithinItsTimeAndOnlyOnceInAllOfIt() {
        try (Possessing world = new Possessing()) {
            ResourceServer server = world.server("cardea.dpop.nonce", "off", "cardea.jwt.clock-skew", "5m");
            String token = world.as
                    .accessToken("orders:read")
                    .boundTo(world.key)
                    .claim("exp", world.clock.instant().getEpochSecond() + 3600)
                    .build();
            long now = world.clock.instant().getEpochSecond();
            DpopProof proof = world.proof(ORDERS, token);
            assertThat(world.send(
                                    server,
                                    dpop(ORDERS, token, proof.issuedAt(now + 11).build()))
                            .reason())
                    .isEqualTo("PROOF_TIME");
            assertThat(world.send(
                                    server,
                                    dpop(ORDERS, token, proof.issuedAt(now - 70).build()))
                            .reason())
                    .isEqualTo("PROOF_TIME");
            assertThat(world.send(
                                    server,
                                    dpop(
                                            ORDERS,
                                            token,
                                            proof.another().issuedAt(now - 69).build()))
                            .reason())
                    .isEqualTo("GRANTED");
            SentRequest ahead =
                    dpop(ORDERS, token, proof.another().issuedAt(now + 10).build());
            SentRequest late =
                    dpop(ORDERS, token, proof.another().issuedAt(now + 10).build());
            assertThat(world.send(server, ahead).reason()).isEqualTo("GRANTED");

            world.clock.pass(Duration.ofMillis(79_999));
            assertThat(world.send(server, ahead).reason()).isEqualTo("PROOF_REPLAYED");
            assertThat(world.send(server, late).reason()).isEqualTo("GRANTED");
            world.clock.pass(Duration.ofMillis(1));
            assertThat(world.send(server, ahead).reason()).isEqualTo("PROOF_TIME");
        }
    }

    @Test
    @Tag("D35")
    @Tag("refuses")
    @Tag("accepts")
    void whereNoMarkHasRoomNobodyIsBlamedAndNobodyGetsIn() {
        ResourceServer small = WORLD.server(
                "cardea.dpop.replay.max-entries", "1000",
                "cardea.routes.lax.path", "/lax",
                "cardea.routes.lax.allow-unmarked-proof", "true");
        String token = WORLD.as.issueBoundJwt(WORLD.key, "orders:read");
        Outcome last = WORLD.send(small, WORLD.proven(ORDERS, token));
        assertThat(last.reason()).isEqualTo("GRANTED");
        for (int i = 0; i < 1000 && last.isGranted(); i++) {
            last = WORLD.send(small, WORLD.proven(ORDERS, token));
        }
        assertThat(last.reason()).isEqualTo("REPLAY_STORE_FULL");
        assertThat(last.answer().status()).isEqualTo(503);
        assertThat(last.answer().headers()).containsKey("Retry-After").doesNotContainKey("WWW-Authenticate");

        SentRequest lax = SentRequest.to("/lax");
        Outcome allowed = WORLD.send(small, WORLD.proven(lax, token));
        assertThat(allowed.reason()).isEqualTo("GRANTED");
        assertThat(WORLD.last().unmarkedProof()).isTrue();
        assertThat(small.management().getProofs().getUnmarked()).isEqualTo(1);

        SentRequest request = WORLD.proven(lax, token);
        PathRule rule = small.rule(request);
        Authentication authentication = small.authenticate(request, rule);
        assertThat(small.authorize(authentication, rule, READ)).isInstanceOf(Decision.Granted.class);
        assertThat(small.authorize(authentication, PathRule.behind(), READ))
                .as("an error page")
                .isInstanceOf(Decision.Granted.class);
        Decision forwarded = small.authorize(authentication, small.rule(ORDERS), READ);
        assertThat(forwarded)
                .as("a forward to where that will not do")
                .isInstanceOfSatisfying(Decision.Unavailable.class, unavailable -> assertThat(unavailable.reason())
                        .isEqualTo("REPLAY_STORE_FULL"));
    }

    @Test
    @Tag("D20")
    @Tag("D30")
    @Tag("D35")
    void anOperatorSeesWhatBecameOfProofs() throws Exception {
        try (Possessing world = new Possessing()) {
            ResourceServer server = world.server("cardea.dpop.replay.max-entries", "1000");
            ProofStatistics before = server.management().getProofs();
            assertThat(List.of(before.getMarks(), before.getMaxMarks(), before.getReplays(), before.getStray()))
                    .isEqualTo(List.of(0, 1000, 0L, 0L));
            String token = world.as.issueBoundJwt(world.key, "orders:read");
            SentRequest request = world.proven(ORDERS, token);
            world.send(server, request);
            world.send(server, request);
            world.send(
                    server,
                    ORDERS.with("Authorization", "Bearer " + world.as.issueJwt("orders:read"))
                            .with("DPoP", "x"));
            ProofStatistics after = server.management().getProofs();
            assertThat(List.of(after.getMarks(), after.getReplays(), after.getStray(), after.getUnmarked()))
                    .isEqualTo(List.of(1, 1L, 1L, 0L));
            assertThat(after.getTurnedAway()).isZero();
        }
    }

    /** The whole pipeline, many threads: of the copies of one proof exactly one gets in. */
    @Test
    @Tag("D33")
    @Tag("accepts")
    @Tag("refuses")
    void ofManyCopiesAtTheSameMomentOneGetsIn() throws Exception {
        String token = WORLD.as.issueBoundJwt(WORLD.key, "orders:read");
        java.util.concurrent.ExecutorService threads = java.util.concurrent.Executors.newFixedThreadPool(50);
        try {
            for (int round = 0; round < 20; round++) {
                SentRequest copy = WORLD.proven(ORDERS, token);
                java.util.concurrent.CyclicBarrier together = new java.util.concurrent.CyclicBarrier(50);
                List<java.util.concurrent.Future<Boolean>> answers =
                        threads.invokeAll(java.util.Collections.nCopies(50, () -> {
                            together.await();
                            return WORLD.send(SERVER, copy).isGranted();
                        }));
                int granted = 0;
                for (var answer : answers) {
                    granted += answer.get() ? 1 : 0;
                }
                assertThat(granted).isEqualTo(1);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @Tag("D11")
    @Tag("accepts")
    @Tag("refuses")
    void behindAProxyTheAddressIsTheOneThatTheClientUses() {
        String token = WORLD.as.issueBoundJwt(WORLD.key, "orders:read");
        DpopProof outside = DpopProof.of(WORLD.key, "GET", "https://public.example/api/orders", WORLD.clock)
                .token(token);
        DpopProof inside = WORLD.proof(ORDERS, token);
        ResourceServer configured = WORLD.server("cardea.external-url", "https://public.example/api");
        SentRequest rewritten =
                new SentRequest("GET", "/shop/orders", ORDERS.fields(), true, "198.51.100.7", "/shop", List.of());
        assertThat(WORLD.send(configured, dpop(rewritten, token, outside.build()))
                        .reason())
                .isEqualTo("GRANTED");
        assertThat(WORLD.send(configured, dpop(rewritten, token, inside.build()))
                        .reason())
                .isEqualTo("PROOF_TARGET");

        ResourceServer trusting = WORLD.server("cardea.proxy.trusted", "10.0.0.0/8");
        SentRequest forwarded = new SentRequest("GET", "/api/orders", ORDERS.fields(), false, "10.0.0.7", "", List.of())
                .with("X-Forwarded-Proto", "https")
                .with("X-Forwarded-Host", "public.example");
        assertThat(WORLD.send(trusting, dpop(forwarded, token, outside.another().build()))
                        .reason())
                .isEqualTo("GRANTED");
        SentRequest spoofed =
                new SentRequest("GET", "/api/orders", forwarded.fields(), true, "203.0.113.9", "", List.of());
        assertThat(WORLD.send(trusting, dpop(spoofed, token, outside.another().build()))
                        .reason())
                .as("whoever says so himself is not heard")
                .isEqualTo("PROOF_TARGET");
    }

    @Test
    @Tag("D39")
    @Tag("accepts")
    @Tag("refuses")
    void aRuleThatAsksForABindingTakesNothingAwayFromWhatIsAskedInGeneral() {
        ResourceServer required = WORLD.server(
                "cardea.dpop.mode", "required",
                "cardea.routes.any.path", "/any",
                "cardea.routes.any.sender-constraint", "required",
                "cardea.routes.certificate.path", "/certificate",
                "cardea.routes.certificate.sender-constraint", "certificate");
        String bound = WORLD.as.issueBoundJwt(WORLD.key, "orders:read");
        assertThat(WORLD.send(required, WORLD.proven(SentRequest.to("/any"), bound))
                        .reason())
                .isEqualTo("GRANTED");
        assertThat(WORLD.send(required, WORLD.proven(SentRequest.to("/certificate"), bound))
                        .reason())
                .isEqualTo("SENDER_CONSTRAINT_MISSING");
        SentRequest unbound =
                SentRequest.to("/any").with("Authorization", "Bearer " + WORLD.as.issueJwt("orders:read"));
        assertThat(WORLD.send(required, unbound).reason()).isEqualTo("SENDER_CONSTRAINT_MISSING");
        assertThat(required.rulesInWords().toString()).contains("a token bound to a certificate");
        assertThat(required.inWords(required.rule(unbound), READ))
                .contains("a token bound to a key (DPoP)")
                .contains("orders:read");
    }
}
