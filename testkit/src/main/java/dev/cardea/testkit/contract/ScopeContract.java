package dev.cardea.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.testkit.AccessTokens;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what: scopes, methods, who the caller is, and which answer wins when several things are wrong. */
abstract class ScopeContract extends ChallengeContract {

    @Test
    @Tag("B16")
    void aMissingScopeIsForbiddenAndNamed() throws Exception {
        Expect.insufficientScope(ordersWith(tokens().jwt("orders:list")), READ);
        Expect.insufficientScope(ordersWith(tokens().opaque("orders:list")), READ);
        Expect.insufficientScope(
                http().get("/plain/servlet").bearer(tokens().jwt(WRITE)).send(), READ);
        Expect.insufficientScope(postOrder(tokens().jwt(READ)).send(), WRITE);
        Expect.granted(ordersWith(tokens().jwt("orders:list", READ)));
        Expect.granted(postOrder(tokens().jwt(WRITE)).send());
        Expect.granted(postOrder(tokens().opaque(WRITE)).send());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Orders:Read",
                "orders:readwrite",
                "orders:rea",
                "orders",
                "read",
                "xorders:read",
                "*",
                "orders:*"
            })
    @Tag("B17")
    void aScopeIsComparedAsAWholeAndWithItsCase(String scope) throws Exception {
        Expect.insufficientScope(ordersWith(forged(scope).build()), READ);
        Expect.granted(ordersWith(forged(scope, READ).build()));
    }

    @Test
    @Tag("B17")
    void allScopesAreNeededInAnyOrder() throws Exception {
        RawRequest both = http().get("/api/both");

        Expect.granted(both.bearer(tokens().jwt(READ, WRITE)).send());
        Expect.granted(both.bearer(tokens().jwt(WRITE, "orders:list", READ)).send());
        Expect.granted(both.bearer(tokens().opaque(WRITE, READ)).send());
        Expect.insufficientScope(both.bearer(tokens().jwt(READ)).send(), READ, WRITE);
        Expect.insufficientScope(both.bearer(tokens().opaque(WRITE)).send(), READ, WRITE);
    }

    @Test
    @Tag("B16")
    void aTokenWithoutAnyScopeIsAuthenticatedAndNoMore() throws Exception {
        String bare = forged().without("scope").build();

        Expect.insufficientScope(ordersWith(bare), READ);
        Expect.granted(http().get("/api/whoami").bearer(bare).send());
    }

    @Test
    @Tag("B20")
    void headIsGuardedLikeGet() throws Exception {
        RawRequest head = http().request("HEAD", "/api/orders");

        Expect.challenged(head.send());
        Expect.invalidToken(head.bearer(tokens().expiredJwt()).send());
        Expect.insufficientScope(head.bearer(tokens().jwt(WRITE)).send(), READ);
        Expect.granted(head.bearer(tokens().jwt(READ)).send());
        Expect.challenged(http().request("HEAD", "/plain/servlet").send());
        Expect.granted(http().request("HEAD", "/plain/servlet")
                .bearer(tokens().jwt(READ))
                .send());
    }

    @Test
    @Tag("B20")
    void optionsIsGuardedToo() throws Exception {
        Expect.challenged(http().request("OPTIONS", "/api/orders").send());
        Expect.challenged(http().request("OPTIONS", "/plain/servlet").send());
        Expect.granted(http().request("OPTIONS", "/plain/servlet")
                .bearer(tokens().jwt(READ))
                .send());
        assertThat(http().request("OPTIONS", "/api/orders")
                        .bearer(tokens().jwt(READ))
                        .send()
                        .status())
                .isLessThan(500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH", "DELETE", "PROPFIND", "get", "TRACE"})
    @Tag("B09")
    void noMethodIsAWayIn(String method) throws Exception {
        String valid = tokens().jwt(READ);

        for (String path : List.of("/api/orders", "/plain/servlet")) {
            RawRequest request = http().request(method, path);
            assertThat(request.send().status()).as(path).isBetween(400, 501).isNotEqualTo(500);
            assertThat(request.bearer(valid).send().status())
                    .as("%s with a token", path)
                    .isBetween(200, 501)
                    .isNotEqualTo(500);
            Expect.granted(http().get(path).bearer(valid).send());
        }
    }

    @Test
    @Tag("B09")
    @Tag("B16")
    void aMethodThatAHeaderNamesIsNotTheMethod() throws Exception {
        RawRequest overridden = http().request("POST", "/api/orders")
                .header("X-HTTP-Method-Override", "GET")
                .body("application/json", orderJson());

        Expect.challenged(overridden.send());
        Expect.insufficientScope(overridden.bearer(tokens().jwt(READ)).send(), WRITE);
        Expect.granted(overridden.bearer(tokens().jwt(WRITE)).send());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//api/orders",
                "/api//orders",
                "/api/./orders",
                "/public/../api/orders",
                "/api/orders;x=y",
                "/api;x/orders",
                "/api/%6frders",
                "/api/open/../orders",
                "/api/orders/",
                "/public/..;/api/orders",
                "/api/open;/../orders",
                "/api/orders%00",
                "/API/ORDERS",
                "/public/%2e%2e/api/orders",
                "//plain/servlet",
                "/plain/servlet;jsessionid=1",
                "/plain/./servlet",
                "/public/../plain/servlet",
                "/api/orders.json",
                "/plain/servlet/"
            })
    @Tag("B09")
    void noSpellingOfAPathIsAWayIn(String path) throws Exception {
        String valid = tokens().jwt(READ);

        assertThat(http().get(path).send().status()).as(path).isBetween(300, 499);
        assertThat(http().get(path).bearer(valid).send().status())
                .as("%s with a token", path)
                .isBetween(200, 499);
        Expect.granted(orders().bearer(valid).send());
        Expect.granted(http().get("/plain/servlet").bearer(valid).send());
    }

    @Test
    @Tag("B16")
    void theBodyIsNotReadForACallerWhoMayNotSendIt() throws Exception {
        RawRequest broken = http().request("POST", "/api/orders").body("application/json", "{\"item\":");

        Expect.challenged(broken.send());
        Expect.invalidToken(broken.bearer(tokens().expiredJwt()).send());
        Expect.insufficientScope(broken.bearer(tokens().jwt(READ)).send(), WRITE);
        Expect.granted(postOrder(tokens().jwt(WRITE)).send());
    }

    @Test
    @Tag("B14")
    @Tag("B15")
    @Tag("B16")
    void malformedWinsOverInvalidAndInvalidOverInsufficient() throws Exception {
        String expired = tokens().expiredJwt();
        RawRequest both = http().get("/api/both");

        Expect.malformed(both.bearer(expired).bearer(expired).send());
        Expect.malformed(both.bearer(expired + " x").send());
        Expect.invalidToken(both.bearer(expired).send());
        Expect.insufficientScope(both.bearer(tokens().jwt(READ)).send(), READ, WRITE);
        Expect.granted(both.bearer(tokens().jwt(READ, WRITE)).send());
    }

    @Test
    @Tag("B01")
    void theApplicationLearnsWhoCalls() throws Exception {
        for (String token : new String[] {tokens().jwt(READ, WRITE), tokens().opaque(READ, WRITE)}) {
            RawResponse answer = http().get("/api/whoami").bearer(token).send();

            Expect.granted(answer);
            assertThat(answer.body().replace("\\/", "/"))
                    .contains("\"" + tokens().issuer() + "\"", READ, WRITE)
                    .containsPattern("\"sub\"\\s*:\\s*\"[^\"]+\"")
                    .containsPattern("\"client\"\\s*:\\s*\"[^\"]+\"");
        }
    }

    @Test
    @Tag("B01")
    void eachRequestHasItsOwnCaller() throws Exception {
        RawHttp http = http();
        RawRequest whoami = http.get("/api/whoami");

        RawRequest zoe = whoami.bearer(forged().subject("zoe").build());
        RawRequest yan = whoami.bearer(forged().subject("yan").clientId("other").build());
        RawRequest zoeAgain = whoami.bearer(forged().subject("zoe").build());

        List<RawResponse> answers = http.onOneConnection(zoe, yan, zoeAgain, whoami, yan, whoami, zoe);

        for (int i : List.of(0, 2, 6)) {
            Expect.granted(answers.get(i));
            assertThat(answers.get(i).body()).contains("\"zoe\"").doesNotContain("\"yan\"", "\"other\"");
        }
        for (int i : List.of(1, 4)) {
            Expect.granted(answers.get(i));
            assertThat(answers.get(i).body()).contains("\"yan\"", "\"other\"").doesNotContain("\"zoe\"");
        }
        for (int i : List.of(3, 5)) {
            Expect.challenged(answers.get(i));
            assertThat(answers.get(i).body()).doesNotContain("zoe", "yan");
        }
    }

    /** A token to be changed, or the end of the test where the authorization server's key is out of reach. */
    final AccessTokens forged(String... scopes) {
        Assumptions.assumeTrue(tokens().forge(scopes).isPresent(), "the authorization server's key is out of reach");
        return tokens().forge(scopes).orElseThrow();
    }
}
