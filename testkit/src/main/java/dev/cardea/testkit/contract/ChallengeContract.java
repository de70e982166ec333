package dev.cardea.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a refusal says (RFC 6750 section 3), and what it keeps to itself. */
abstract class ChallengeContract extends GarbageContract {

    @Test
    @Tag("B15")
    @Tag("T08")
    @Tag("refuses")
    @Tag("accepts")
    void expiredRevokedUnknownAndForeignTokensAreInvalid() throws Exception {
        for (String token : refusedTokens().values()) {
            Expect.invalidToken(ordersWith(token));
            Expect.invalidToken(http().get("/plain/servlet").bearer(token).send());
        }
        Expect.granted(ordersWith(tokens().jwt(READ)));
        Expect.granted(ordersWith(tokens().opaque(READ)));
    }

    @Test
    @Tag("B18")
    void aRefusalDoesNotTellWhichCheckFailed() throws Exception {
        Map<String, String> answers = new LinkedHashMap<>();
        for (Map.Entry<String, String> token : refusedTokens().entrySet()) {
            RawResponse answer = ordersWith(token.getValue());
            Expect.invalidToken(answer);
            answers.put(token.getKey(), visible(answer));
        }

        assertThat(answers.values()).as("the same answer for each: %s", answers).containsOnly(answers.get("unknown"));
        Expect.granted(ordersWith(tokens().jwt(READ)));
        Expect.granted(ordersWith(tokens().opaque(READ)));
    }

    @Test
    @Tag("B18")
    void aRefusalRepeatsNothingOfTheToken() throws Exception {
        for (String token : refusedTokens().values()) {
            RawResponse answer = ordersWith(token);
            Expect.invalidToken(answer);
            for (String part : token.split("\\.", -1)) {
                assertThat(part.length() > 8 && answer.toString().contains(part))
                        .isFalse();
            }
        }
        Expect.granted(ordersWith(tokens().jwt(READ)));
        Expect.granted(ordersWith(tokens().opaque(READ)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zq7\"marker",
                "zq7\\marker",
                "zq7<marker>",
                "zq7,error=\"marker\"",
                "zq7\u00e9marker",
                "zq7marker"
            })
    @Tag("B12")
    void noAttackersTextStandsInTheAnswer(String text) throws Exception {
        RawResponse answer = ordersAs("Bearer " + text);

        Expect.refusedSomehow(answer);
        assertThat(answer.toString()).doesNotContain("marker");
        if (!answer.all("WWW-Authenticate").isEmpty()) {
            assertThat(Challenges.parse(answer.all("WWW-Authenticate"))).isNotEmpty();
        }
        RawRequest query = http().get("/api/orders?x=zq7%0d%0aX-Injected:marker");
        assertThat(query.send().toString()).doesNotContain("marker");
        RawResponse granted = query.bearer(tokens().jwt(READ)).send();
        Expect.granted(granted);
        assertThat(granted.toString()).doesNotContain("marker");
    }

    @Test
    @Tag("B10")
    @Tag("B11")
    @Tag("B12")
    void everyKindOfRefusalIsOneWellFormedChallengeWithTheSameRealm() throws Exception {
        List<RawResponse> refusals = List.of(
                orders().send(),
                ordersAs("Bearer"),
                ordersWith("unknown"),
                ordersWith(tokens().expiredJwt()),
                ordersWith(tokens().jwt("orders:list")),
                http().get("/plain/servlet").send());

        assertThat(refusals).extracting(RawResponse::status).containsExactly(401, 400, 401, 401, 403, 401);
        assertThat(refusals)
                .flatExtracting(refusal -> Challenges.parse(refusal.all("WWW-Authenticate")))
                .hasSizeGreaterThanOrEqualTo(refusals.size())
                .extracting("parameters.realm")
                .doesNotContainNull()
                .containsOnly(Challenges.parse(refusals.get(0).all("WWW-Authenticate"))
                        .get(0)
                        .parameter("realm"));
        Expect.granted(ordersWith(tokens().jwt(READ)));
        Expect.granted(http().get("/plain/servlet").bearer(tokens().jwt(READ)).send());
    }

    @Test
    @Tag("B18")
    void traceDoesNotEchoTheToken() throws Exception {
        String valid = tokens().jwt(READ);

        RawResponse answer =
                http().request("TRACE", "/plain/servlet").bearer(valid).send();

        assertThat(answer.toString()).doesNotContain(valid);
        Expect.granted(http().get("/plain/servlet").bearer(valid).send());
    }

    private Map<String, String> refusedTokens() throws Exception {
        Map<String, String> refused = new LinkedHashMap<>();
        refused.put("unknown", "never-issued-by-anybody");
        refused.put("expired JWT", tokens().expiredJwt());
        refused.put("expired opaque", tokens().expiredOpaque());
        refused.put("revoked", tokens().revokedOpaque());
        refused.put("JWT for another", tokens().jwtForAnotherAudience());
        refused.put("opaque for another", tokens().opaqueForAnotherAudience());
        refused.put("bad signature", badSignature(tokens().jwt(READ)));
        return refused;
    }

    private static String badSignature(String jwt) {
        int at = jwt.lastIndexOf('.') + 10;
        return jwt.substring(0, at) + (jwt.charAt(at) == 'A' ? 'B' : 'A') + jwt.substring(at + 1);
    }

    /** Without what differs from answer to answer. */
    private static String visible(RawResponse response) {
        return new RawResponse(
                        response.status(),
                        response.headers().stream()
                                .filter(header -> !Set.of("date", "x-request-id")
                                        .contains(header.name().toLowerCase(Locale.ROOT)))
                                .toList(),
                        response.content())
                .toString();
    }
}
