package dev.cardea.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cardea.testkit.DpopKey;
import dev.cardea.testkit.DpopProof;
import dev.cardea.testkit.ProofFault;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that are bound to a client's key (RFC 9449 sections 6 and 7): which scheme, which token, which answer. */
abstract class DpopContract extends TokenContract {

    /** How a token is checked must not matter to how its binding is. */
    enum Kind {
        JWT,
        OPAQUE
    }

    private static final List<String> EVERY_ALGORITHM =
            List.of("ES256", "ES384", "ES512", "PS256", "RS256", "EdDSA", "Ed25519");

    @ParameterizedTest
    @CsvSource({"JWT, /api/orders", "JWT, /plain/servlet", "OPAQUE, /api/orders", "OPAQUE, /plain/servlet"})
    @Tag("D15")
    @Tag("D16")
    @Tag("D38")
    @Tag("accepts")
    @Tag("refuses")
    void aBoundTokenIsAcceptedWithAProofAndNotWithout(Kind kind, String path) throws Exception {
        DpopKey key = DpopKey.generate();
        String token = bound(kind, key, READ);
        RawRequest request = http().get(path);

        Expect.granted(request.dpop(token, proof(key, token, path).build()).send());
        Expect.invalidProof(request.header("Authorization", "DPoP " + token).send());
        Expect.invalidBoundToken(
                request.dpop(token, proof(DpopKey.generate(), token, path).build())
                        .send());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dpop", "DPOP", "dPoP"})
    @Tag("D17")
    @Tag("accepts")
    @Tag("refuses")
    void theSchemeDpopIsComparedIgnoringCase(String scheme) throws Exception {
        DpopKey key = DpopKey.generate();
        String token = bound(Kind.JWT, key, READ);
        RawRequest request = orders().header("Authorization", scheme + " " + token);

        Expect.granted(request.header("DPoP", proof(key, token, ORDERS).build()).send());
        Expect.invalidProof(request.header("DPoP", proof(key, token, ORDERS).build(ProofFault.HTM_OTHER))
                .send());
        Expect.invalidProof(request.send());
    }

    @ParameterizedTest
    @CsvSource({
        "JWT, /api/orders",
        "JWT, /plain/servlet",
        "JWT, /public/info",
        "OPAQUE, /api/orders",
        "OPAQUE, /plain/servlet",
        "OPAQUE, /api/open"
    })
    @Tag("D19")
    @Tag("D39")
    @Tag("accepts")
    @Tag("refuses")
    void aBoundTokenIsNoBearerToken(Kind kind, String path) throws Exception {
        DpopKey key = DpopKey.generate();
        String token = bound(kind, key, READ);
        RawRequest bearer = http().get(path).bearer(token);

        Expect.invalidToken(bearer.send());
        Expect.invalidToken(
                bearer.header("DPoP", proof(key, token, path).build()).send());
        Expect.granted(
                http().get(path).dpop(token, proof(key, token, path).build()).send());
    }

    @ParameterizedTest
    @EnumSource
    @Tag("D18")
    @Tag("accepts")
    @Tag("refuses")
    void anUnboundTokenIsNoTokenForTheSchemeDpop(Kind kind) throws Exception {
        String token = kind == Kind.JWT ? tokens().jwt(READ) : tokens().opaque(READ);
        String proof = proof(DpopKey.generate(), token, ORDERS).build();

        Expect.invalidBoundToken(orders().dpop(token, proof).send());
        Expect.granted(ordersWith(token));
    }

    @Test
    @Tag("D20")
    @Tag("accepts")
    void aProofBesideABearerTokenIsNotLookedAt() throws Exception {
        for (String token : List.of(tokens().jwt(READ), tokens().opaque(READ))) {
            DpopProof proof = proof(DpopKey.generate(), token, ORDERS);
            for (String stray : List.of(proof.build(), proof.build(ProofFault.EXPIRED), "garbage", "a, b")) {
                Expect.granted(orders().bearer(token).header("DPoP", stray).send());
            }
            Expect.granted(orders().bearer(token)
                    .header("DPoP", "a")
                    .header("DPoP", "b")
                    .send());
        }
        Expect.invalidToken(
                orders().bearer(tokens().expiredJwt()).header("DPoP", "garbage").send());
    }

    @Test
    @Tag("D22")
    @Tag("refuses")
    @Tag("accepts")
    void aBadTokenIsBadWhateverTheProofSays() throws Exception {
        DpopKey key = DpopKey.generate();
        String good = bound(Kind.JWT, key, READ);

        for (String bad : List.of("never-issued-by-anybody", tokens().expiredJwt(), good + "A")) {
            Expect.invalidBoundToken(
                    orders().dpop(bad, proof(key, bad, ORDERS).build()).send());
        }
        Expect.granted(orders().dpop(good, proof(key, good, ORDERS).build()).send());
    }

    @Test
    @Tag("D22")
    @Tag("B16")
    void aScopeThatIsMissingIsSaidInTheScheme() throws Exception {
        DpopKey key = DpopKey.generate();
        for (Kind kind : Kind.values()) {
            String writer = bound(kind, key, WRITE);
            String reader = bound(kind, key, READ);

            Expect.insufficientBoundScope(
                    orders().dpop(writer, proof(key, writer, ORDERS).build()).send(), READ);
            Expect.granted(
                    orders().dpop(reader, proof(key, reader, ORDERS).build()).send());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"DPoP", "DPoP ", "DPoP T T", "DPoP T,", "DPoP T, DPoP T", "DPoP \"T\"", "DPoP token=T"})
    @Tag("B03")
    @Tag("B14")
    @Tag("D17")
    void whatIsNoToken68IsMalformedInTheSchemeDpopToo(String pattern) throws Exception {
        DpopKey key = DpopKey.generate();
        String token = bound(Kind.JWT, key, READ);
        RawRequest request = orders().header("DPoP", proof(key, token, ORDERS).build());

        Expect.malformed(request.header("Authorization", pattern.replaceFirst("T(?![a-z])", token))
                .send());
        Expect.granted(request.header("Authorization", "DPoP " + token).send());
    }

    @Test
    @Tag("B05")
    @Tag("D17")
    void twoAuthorizationHeadersAreMalformedWhicheverSchemesTheyHave() throws Exception {
        DpopKey key = DpopKey.generate();
        String token = bound(Kind.JWT, key, READ);
        String dpop = "DPoP " + token;
        RawRequest request = orders().header("DPoP", proof(key, token, ORDERS).build());

        for (String second : List.of(dpop, "Bearer " + token, "Bearer " + tokens().jwt(READ), "DPoP x")) {
            Expect.malformed(request.header("Authorization", dpop)
                    .header("Authorization", second)
                    .send());
            Expect.malformed(request.header("Authorization", second)
                    .header("Authorization", dpop)
                    .send());
        }
        Expect.granted(request.header("Authorization", dpop).send());
    }

    @Test
    @Tag("D24")
    void noOtherHeaderCarriesABoundToken() throws Exception {
        DpopKey key = DpopKey.generate();
        String token = bound(Kind.JWT, key, READ);
        RawRequest request = orders().header("DPoP", proof(key, token, ORDERS).build());

        RawResponse refused =
                request.header("Proxy-Authorization", "DPoP " + token).send();
        Expect.challengedForBoth(refused);
        assertThat(refused.all("Proxy-Authenticate")).isEmpty();
        Expect.challengedForBoth(orders().header("DPoP", token)
                .header("X-Authorization", "DPoP " + token)
                .send());
        Expect.granted(request.header("Authorization", "DPoP " + token).send());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/orders", "/api/whoami", "/plain/servlet"})
    @Tag("D21")
    @Tag("D23")
    void withoutCredentialsBothSchemesAreOffered(String path) throws Exception {
        Expect.challengedForBoth(http().get(path).send());
        Expect.challengedForBoth(
                http().get(path).header("Authorization", "Basic YTpi").send());
        Expect.challengedForBoth(http().get(path)
                .header("DPoP", proof(DpopKey.generate(), "x", path).build())
                .send());
        assertThat(http().get(path).send().all("DPoP-Nonce")).isEmpty();
    }

    /** What is announced is what is accepted: D05, D41. */
    @ParameterizedTest
    @EnumSource
    @Tag("D05")
    @Tag("D21")
    @Tag("D41")
    @Tag("accepts")
    @Tag("refuses")
    void proofsOfTheAnnouncedAlgorithmsAreAcceptedAndNoOthers(Kind kind) throws Exception {
        forged(READ); // an authorization server may know fewer algorithms, and then binds no token
        Set<String> announced = announcedAlgorithms();
        assertThat(announced).contains("ES256");

        for (String algorithm : EVERY_ALGORITHM) {
            DpopKey key = DpopKey.generate(algorithm);
            String token = bound(kind, key, READ);
            RawResponse answer =
                    orders().dpop(token, proof(key, token, ORDERS).build()).send();
            if (announced.contains(algorithm)) {
                Expect.granted(answer);
            } else {
                Expect.invalidProof(answer);
            }
            Expect.invalidProof(orders().dpop(token, proof(key, token, ORDERS).build(ProofFault.TAMPERED_SIGNATURE))
                    .send());
        }
    }

    private Set<String> announcedAlgorithms() throws Exception {
        return Challenges.parse(orders().send().all("WWW-Authenticate")).stream()
                .filter(challenge -> challenge.scheme().equals("DPoP"))
                .map(challenge ->
                        Set.of(String.valueOf(challenge.parameter("algs")).split(" ", -1)))
                .findFirst()
                .orElseThrow();
    }

    /** A token says in several ways that it is bound, and in some that nobody can know to what. */
    @ParameterizedTest
    @EnumSource
    @Tag("D15")
    @Tag("D43")
    @Tag("M14")
    @Tag("accepts")
    @Tag("refuses")
    void aConfirmationIsTakenAsItIsWrittenOrNotAtAll(Binding binding) throws Exception {
        DpopKey key = DpopKey.generate();
        String token = forged(READ).claim("cnf", binding.of(key)).build();
        RawRequest request = orders().dpop(token, proof(key, token, ORDERS).build());

        if (binding.isGood()) {
            Expect.granted(request.send());
        } else {
            Expect.invalidBoundToken(request.send());
        }
        Expect.invalidToken(ordersWith(token));
        String twin = forged(READ).boundTo(key).build();
        Expect.granted(orders().dpop(twin, proof(key, twin, ORDERS).build()).send());
    }

    @Test
    @Tag("D38")
    @Tag("accepts")
    @Tag("refuses")
    void anOpaqueTokenThatIsBoundIsOfTheTypeDpop() throws Exception {
        DpopKey key = DpopKey.generate();
        Map<String, ?> cnf = Map.of("jkt", key.thumbprint());

        for (String type : List.of("DPoP", "dpop")) {
            String token = introspected(Map.of("cnf", cnf, "token_type", type));
            Expect.granted(
                    orders().dpop(token, proof(key, token, ORDERS).build()).send());
        }
        for (String type : List.of("Bearer", "bearer", "mac", "")) {
            String token = introspected(Map.of("cnf", cnf, "token_type", type));
            Expect.invalidBoundToken(
                    orders().dpop(token, proof(key, token, ORDERS).build()).send());
            Expect.invalidToken(ordersWith(token));
        }
    }

    private String introspected(Map<String, ?> changes) throws Exception {
        assumeTrue(tokens().introspected(changes, READ).isPresent(), "the authorization server's answers are its own");
        return tokens().introspected(changes, READ).orElseThrow();
    }

    /** A token that is good for everything but what the test is about. */
    final String bound(Kind kind, DpopKey key, String... scopes) throws Exception {
        return kind == Kind.JWT ? tokens().boundJwt(key, scopes) : tokens().boundOpaque(key, scopes);
    }

    /** A proof of now, for GET. */
    final DpopProof proof(DpopKey key, String token, String path) {
        return DpopProof.of(key, "GET", uri(path)).token(token);
    }

    /** As a client writes it that is told the base URI. */
    final String uri(String path) {
        String base = baseUri().toString();
        return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path;
    }
}
