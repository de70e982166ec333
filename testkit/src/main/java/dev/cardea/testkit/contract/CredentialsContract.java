package dev.cardea.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a token travels (RFC 6750 section 2): one header, one scheme, strict grammar, and nowhere else. */
abstract class CredentialsContract extends OrdersClient {

    @Test
    @Tag("B01")
    void aTokenInTheAuthorizationHeaderIsAccepted() throws Exception {
        Expect.granted(ordersWith(tokens().jwt(READ)));
        Expect.granted(ordersWith(tokens().opaque(READ)));
        Expect.granted(http().get("/plain/servlet").bearer(tokens().jwt(READ)).send());
        Expect.granted(
                http().get("/plain/servlet").bearer(tokens().opaque(READ)).send());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bearer", "BEARER", "bEaReR"})
    @Tag("B02")
    void theSchemeIsComparedIgnoringCase(String scheme) throws Exception {
        Expect.granted(ordersAs(scheme + " " + tokens().jwt(READ)));
        Expect.invalidToken(ordersAs(scheme + " " + tokens().expiredJwt()));
    }

    @Test
    @Tag("B03")
    void severalSpacesMaySeparateSchemeAndToken() throws Exception {
        Expect.granted(ordersAs("Bearer   " + tokens().jwt(READ)));
    }

    /** The letter T stands for a valid token. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer",
                "Bearer ",
                "bearer",
                "Bearer T T",
                "Bearer \"T\"",
                "Bearer T,",
                "Bearer ,T",
                "Bearer T, Bearer T",
                "Bearer T,Basic YTpi",
                "Bearer token=T",
                "Bearer =T",
                "Bearer T=x",
                "Bearer <T>",
                "Bearer {T}",
                "Bearer T;",
                "Bearer T@",
                "Bearer T%20",
                "Bearer T\\",
                "Bearer T!",
                "Bearer Bearer T",
                "Bearer T realm=\"x\""
            })
    @Tag("B03")
    @Tag("B14")
    void whatIsNoToken68IsMalformed(String pattern) throws Exception {
        String valid = tokens().jwt(READ);

        Expect.malformed(ordersAs(pattern.replaceFirst("T(?![a-z])", valid)));
        Expect.granted(ordersAs("Bearer " + valid));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\t", " \t", "\t ", "\u00a0", "\u000b", ":", "=", " \u0000", "\u0001"})
    @Tag("B03")
    void onlySpacesSeparateSchemeAndToken(String separator) throws Exception {
        assumeFalse(
                separator.contains("\t") && serverTurnsTabsIntoSpaces(),
                "the server turns tabs in header fields into spaces before any application sees them");
        String valid = tokens().jwt(READ);

        Expect.refusedSomehow(ordersAs("Bearer" + separator + valid));
        Expect.granted(ordersAs("Bearer " + valid));
    }

    @Test
    @Tag("B05")
    void twoAuthorizationHeadersAreMalformedWhateverTheySay() throws Exception {
        String valid = tokens().jwt(READ);
        String bearer = "Bearer " + valid;

        for (String second : List.of(bearer, "Bearer x", "DPoP " + valid, "Basic YTpi", "Bearer")) {
            Expect.malformed(orders().header("Authorization", bearer)
                    .header("Authorization", second)
                    .send());
            Expect.malformed(orders().header("Authorization", second)
                    .header("authorization", bearer)
                    .send());
        }
        Expect.granted(ordersAs(bearer));
    }

    @Test
    @Tag("B05")
    void fortyAuthorizationHeadersAreMalformedToo() throws Exception {
        String valid = tokens().opaque(READ);
        RawRequest request = orders();
        for (int i = 0; i < 40; i++) {
            request = request.bearer(valid);
        }

        Expect.malformed(request.send());
        Expect.granted(ordersWith(valid));
    }

    @Test
    @Tag("B04")
    @Tag("B06")
    void aTokenInAFormBodyIsNoCredential() throws Exception {
        String reader = tokens().jwt(READ);
        String writer = tokens().jwt(WRITE);
        RawRequest post = http().request("POST", "/api/orders");
        String form = "application/x-www-form-urlencoded";

        Expect.challenged(post.body(form, "access_token=" + writer).send());
        // Beside a header it must not add to the header's rights. 400 is RFC 6750's answer where the body is looked at.
        assertThat(post.bearer(reader)
                        .body(form, "access_token=" + writer)
                        .send()
                        .status())
                .isIn(400, 403, 415);
        Expect.granted(postOrder(writer).send());
    }

    @Test
    @Tag("B07")
    @Tag("B08")
    void aTokenInTheQueryIsIgnored() throws Exception {
        String valid = tokens().jwt(READ);
        RawRequest withQuery = http().get("/api/orders?access_token=" + valid);

        Expect.challenged(withQuery.send());
        Expect.granted(withQuery.bearer(tokens().jwt(READ)).send());
        Expect.invalidToken(withQuery.bearer(tokens().expiredJwt()).send());
        Expect.challenged(http().get("/plain/servlet?access_token=" + valid).send());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/orders", "/api/both", "/api/whoami", "/plain/servlet"})
    @Tag("B09")
    @Tag("B13")
    void withoutCredentialsTheAnswerIsAChallengeWithoutError(String path) throws Exception {
        Expect.challenged(http().get(path).send());
        Expect.granted(http().get(path).bearer(tokens().jwt(READ, WRITE)).send());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Basic YTpi", "Digest username=\"a\"", "Negotiate YTpi", "Foo bar", "BearerX T", "Bearers T"})
    @Tag("B13")
    void anUnsupportedSchemeIsNoCredential(String authorization) throws Exception {
        String valid = tokens().jwt(READ);

        Expect.challenged(ordersAs(authorization.replaceFirst("T$", valid)));
        Expect.granted(ordersAs("Bearer " + valid));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"X-Authorization", "Proxy-Authorization", "X-Access-Token", "Authorization-Bearer", "Cookie"})
    @Tag("B01")
    void noOtherHeaderCarriesAToken(String name) throws Exception {
        String valid = tokens().jwt(READ);

        Expect.challenged(orders().header(name, "Bearer " + valid).send());
        Expect.granted(orders().header("Authorization", "Bearer " + valid).send());
    }

    @Test
    @Tag("B09")
    void anIdentityDoesNotSurviveOnAKeptAliveConnection() throws Exception {
        RawHttp http = http();
        RawRequest anonymous = http.get("/api/orders");

        List<RawResponse> answers = http.onOneConnection(
                anonymous.bearer(tokens().jwt(READ)), anonymous, anonymous.bearer("unknown"), anonymous);

        Expect.granted(answers.get(0));
        Expect.challenged(answers.get(1));
        // A server may close after a refusal; that is as safe.
        if (!answers.get(2).closed()) {
            Expect.invalidToken(answers.get(2));
        }
    }
}
