package dev.cardea.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What answers have in common: their name, who may keep them, and that they need TLS. */
abstract class AnswerContract extends OpenEndpointContract {
    private static final String NAME = "X-Request-Id";

    @Test
    void everyAnswerNamesItsRequest() throws Exception {
        String valid = tokens().jwt(READ);
        List<RawRequest> requests = List.of(
                orders().bearer(valid),
                orders(),
                orders().bearer("never-issued"),
                postOrder(valid),
                http().get("/plain/servlet").bearer(valid),
                http().get("/plain/servlet"),
                http().get("/public/info"),
                http().get("/api/open"));

        for (RawRequest request : requests) {
            assertThat(request.header(NAME, "from-the-client").send().all(NAME))
                    .as("%s", request)
                    .containsExactly("from-the-client");
            assertThat(request.send().all(NAME))
                    .as("%s", request)
                    .hasSize(1)
                    .allMatch(name -> name.matches("[0-9a-f]+"));
        }
    }

    @Test
    void aTraceGivesTheAnswerItsName() throws Exception {
        RawRequest traced = orders().header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        assertThat(traced.send().all(NAME)).containsExactly("0af7651916cd43dd8448eb211c80319c");
        assertThat(traced.bearer(tokens().jwt(READ)).send().all(NAME))
                .containsExactly("0af7651916cd43dd8448eb211c80319c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zq7 marker", "zq7\"marker", "zq7<marker>", "zq7;marker", "zq7\u00e9marker", "zq7,marker"})
    @Tag("N17")
    void noNameThatCouldDoHarmComesBack(String name) throws Exception {
        RawRequest request = orders().header(NAME, name);
        RawResponse refused = request.send();
        RawResponse granted = request.bearer(tokens().jwt(READ)).send();

        Expect.challenged(refused);
        Expect.granted(granted);
        assertThat(refused.toString() + granted).doesNotContain("marker");
        assertThat(refused.all(NAME)).hasSize(1);
        assertThat(granted.all(NAME)).hasSize(1);
    }

    @Test
    @Tag("B22")
    void nobodyKeepsARefusal() throws Exception {
        List<RawResponse> refusals = List.of(
                orders().send(),
                ordersAs("Bearer"),
                ordersWith("unknown"),
                ordersWith(tokens().jwt("orders:list")),
                http().get("/plain/servlet").send());

        assertThat(refusals).extracting(RawResponse::status).containsExactly(401, 400, 401, 403, 401);
        assertThat(refusals)
                .allSatisfy(refusal -> assertThat(refusal.all("Cache-Control")).containsExactly("no-store"));
        Expect.granted(ordersWith(tokens().jwt(READ)));
    }

    /** From this machine no TLS is needed; but the proxy here that is trusted may say that its client used none. */
    @ParameterizedTest
    @ValueSource(strings = {"/api/orders", "/plain/servlet"})
    @Tag("B19")
    void credentialsThatTravelledInTheClearAreRefused(String path) throws Exception {
        String valid = tokens().jwt(READ);
        RawRequest plain = http().get(path).header("X-Forwarded-Proto", "http");

        Expect.tlsRequired(plain.bearer(valid).send());
        Expect.tlsRequired(plain.bearer("unknown").send());
        Expect.tlsRequired(plain.send());
        Expect.granted(http().get(path)
                .header("X-Forwarded-Proto", "https")
                .bearer(valid)
                .send());
        Expect.granted(http().get(path).bearer(valid).send());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/public/info", "/api/open"})
    @Tag("B19")
    void whatIsOpenNeedsNoTlsUntilSomebodySendsAToken(String path) throws Exception {
        RawRequest plain = http().get(path).header("X-Forwarded-Proto", "http");

        Expect.granted(plain.send());
        Expect.tlsRequired(plain.bearer(tokens().jwt("anything")).send());
    }
}
