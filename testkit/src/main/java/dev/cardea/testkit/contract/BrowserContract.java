package dev.cardea.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What browsers need whose page comes from elsewhere (Fetch, 3.2), and what their questions must not open. */
abstract class BrowserContract extends AnswerContract {
    private static final String ALLOWED = "https://app.example";
    private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";

    @ParameterizedTest
    @ValueSource(strings = {"/api/orders", "/plain/servlet", "/public/info", "/api/open", "/api/both"})
    @Tag("B20")
    void aPreflightIsAnsweredAndReachesNothing(String path) throws Exception {
        RawResponse answer = preflight(path, ALLOWED).send();

        assertThat(answer.status()).as("%s", answer).isEqualTo(204);
        assertThat(answer.all(ALLOW_ORIGIN)).containsExactly(ALLOWED);
        assertThat(names(answer, "Access-Control-Allow-Methods")).contains("GET", "POST");
        assertThat(names(answer, "Access-Control-Allow-Headers")).contains("Authorization", "DPoP", "x-shop");
        assertThat(names(answer, "Vary")).contains("Origin");
        assertThat(answer.all("WWW-Authenticate")).isEmpty();
        assertThat(answer.all("Allow"))
                .as("nobody lists the endpoint's methods")
                .isEmpty();
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/orders", "/plain/servlet"})
    @Tag("B20")
    void whatIsNoPreflightIsChallenged(String path) throws Exception {
        Expect.challenged(preflight(path, "https://app.example.evil").send());
        Expect.challenged(preflight(path, "null").send());
        Expect.challenged(preflight(path, ALLOWED).header("Origin", ALLOWED).send());
        Expect.challenged(
                http().request("OPTIONS", path).header("Origin", ALLOWED).send());
        Expect.challenged(http().request("OPTIONS", path)
                .header("Access-Control-Request-Method", "GET")
                .send());
        Expect.challenged(preflight("GET", path, ALLOWED).send());
        Expect.invalidToken(preflight(path, ALLOWED).bearer("unknown").send());
        assertThat(preflight(path, ALLOWED).send().status()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/orders", "/plain/servlet"})
    @Tag("B21")
    void aPageOfAnAllowedOriginMayReadRefusalsAndAnswers(String path) throws Exception {
        RawRequest request = http().get(path).header("Origin", ALLOWED);
        RawResponse refused = request.send();
        RawResponse forbidden = request.bearer(tokens().jwt("orders:list")).send();
        RawResponse granted = request.bearer(tokens().jwt(READ)).send();

        Expect.challenged(refused);
        Expect.insufficientScope(forbidden, READ);
        Expect.granted(granted);
        for (RawResponse answer : List.of(refused, forbidden, granted)) {
            assertThat(answer.all(ALLOW_ORIGIN)).as("%s", answer).containsExactly(ALLOWED);
            assertThat(names(answer, "Access-Control-Expose-Headers")).contains("WWW-Authenticate", "DPoP-Nonce");
            assertThat(names(answer, "Vary")).contains("Origin");
        }
    }

    @Test
    @Tag("B21")
    void noOtherPageMay() throws Exception {
        for (String path : List.of("/api/orders", "/plain/servlet", "/public/info")) {
            for (String origin : List.of("https://evil.example", "null", "https://app.example.evil")) {
                RawRequest request = http().get(path).header("Origin", origin);
                for (RawResponse answer : List.of(
                        request.send(), request.bearer(tokens().jwt(READ)).send())) {
                    assertThat(answer.all(ALLOW_ORIGIN)).as("%s", answer).isEmpty();
                    assertThat(names(answer, "Vary")).contains("Origin");
                }
                Expect.granted(request.bearer(tokens().jwt(READ)).send());
            }
        }
    }

    private RawRequest preflight(String path, String origin) {
        return preflight("OPTIONS", path, origin);
    }

    private RawRequest preflight(String method, String path, String origin) {
        return http().request(method, path)
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization,x-shop");
    }

    private static List<String> names(RawResponse answer, String field) {
        return answer.all(field).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .toList();
    }
}
