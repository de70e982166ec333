package dev.cardea;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrossOriginTest {
    private static final String SHOP = "https://shop.example";
    private static final CrossOrigin CROSS_ORIGIN = new CrossOrigin(Set.of(SHOP, "http://localhost:3000"));
    private static final CrossOrigin OFF = new CrossOrigin(Set.of());

    private final Fields fields = new Fields();

    @Test
    @Tag("B20")
    void knowsAPreflight() {
        assertThat(CROSS_ORIGIN.isPreflight(preflight())).isTrue();
        assertThat(OFF.isPreflight(preflight())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://shop.example.evil",
                "https://shop.example/",
                "https://shop.example:443",
                "HTTPS://shop.example",
                "http://shop.example",
                "https://shop.example, https://shop.example",
                "https://shop.example ",
                "null",
                "*",
                ""
            })
    @Tag("B20")
    void aPreflightOfAnotherOriginIsAnOrdinaryRequest(String origin) {
        assertThat(CROSS_ORIGIN.isPreflight(preflight().with("Origin", origin))).isFalse();
    }

    @Test
    @Tag("B20")
    void whatOnlyLooksLikeAPreflightIsAnOrdinaryRequest() {
        List<Request> others = List.of(
                new Request("GET", preflight().headers),
                new Request("options", preflight().headers),
                preflight().with("Origin"),
                preflight().with("Origin", SHOP, SHOP),
                preflight().with("Access-Control-Request-Method"),
                preflight().with("Access-Control-Request-Method", "GET", "GET"),
                preflight().with("Access-Control-Request-Method", ""),
                preflight().with("Access-Control-Request-Method", "GET, POST"),
                preflight().with("Access-Control-Request-Method", "GET\r\nX: y"),
                preflight().with("Authorization", "Bearer x"),
                preflight().with("Authorization", ""));
        assertThat(others).noneMatch(CROSS_ORIGIN::isPreflight);
    }

    @Test
    @Tag("B20")
    void aPreflightIsAnsweredForItsOriginAndWhatItAsksFor() {
        CROSS_ORIGIN.answerPreflight(
                preflight().with("Access-Control-Request-Headers", "authorization,x-shop", "if-match"), fields);

        assertThat(fields.all("Access-Control-Allow-Origin")).containsExactly(SHOP);
        assertThat(fields.all("Access-Control-Allow-Methods"))
                .containsExactly("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
        assertThat(fields.all("Access-Control-Allow-Headers"))
                .containsExactly("Authorization, Content-Type, DPoP, x-shop, if-match");
        assertThat(fields.all("Vary"))
                .containsExactly("Origin, Access-Control-Request-Method, Access-Control-Request-Headers");
        assertThat(fields.all("Access-Control-Allow-Credentials")).isEmpty();
    }

    @Test
    @Tag("N17")
    void nothingThatIsNoFieldNameIsRepeated() {
        List<String> asked = new ArrayList<>(
                List.of("x-good", "a b", "x\r\nSet-Cookie: y=1", "\u00e9", "*", "x:", "<x>", "y".repeat(65)));
        for (int i = 0; i < 100; i++) {
            asked.add("x-" + i);
        }
        CROSS_ORIGIN.answerPreflight(
                preflight().with("Access-Control-Request-Headers", String.join(",", asked)), fields);

        assertThat(fields.all("Access-Control-Allow-Headers").get(0))
                .startsWith("Authorization, Content-Type, DPoP, x-good, x-0, ")
                .matches("[A-Za-z0-9, -]+")
                .hasSizeLessThan(300);
    }

    @Test
    @Tag("B20")
    void whatTheApplicationHasAnsweredStays() {
        fields.set("Access-Control-Allow-Origin", "https://other.example");
        fields.set("Vary", "Accept-Encoding, origin");
        CROSS_ORIGIN.answerPreflight(preflight(), fields);

        assertThat(fields.all("Access-Control-Allow-Origin")).containsExactly("https://other.example");
        assertThat(fields.all("Access-Control-Allow-Methods")).isEmpty();
        assertThat(fields.all("Vary"))
                .containsExactly(
                        "Accept-Encoding, origin, Access-Control-Request-Method, Access-Control-Request-Headers");
    }

    @Test
    @Tag("B21")
    void pagesOfAnAllowedOriginMayReadAnswersAndWhatTheirNextRequestNeeds() {
        CROSS_ORIGIN.expose(get(SHOP), fields);

        assertThat(fields.all("Access-Control-Allow-Origin")).containsExactly(SHOP);
        assertThat(fields.all("Access-Control-Expose-Headers"))
                .containsExactly("WWW-Authenticate, DPoP-Nonce, X-Request-Id, Retry-After");
        assertThat(fields.all("Vary")).containsExactly("Origin");
    }

    @Test
    @Tag("B21")
    void nobodyElseMayAndCachesAreToldThatThisDepends() {
        for (Request request : List.of(
                get("https://evil.example"),
                get("null"),
                get(SHOP).with("Origin"),
                get(SHOP).with("Origin", SHOP, SHOP))) {
            Fields told = new Fields();
            CROSS_ORIGIN.expose(request, told);
            assertThat(told.values).containsOnlyKeys("Vary");
        }
        OFF.expose(get(SHOP), fields);
        assertThat(fields.values).isEmpty();
    }

    @Test
    @Tag("B21")
    void whatTheApplicationExposesIsExposedOnce() {
        fields.values.put("Access-Control-Expose-Headers", List.of("X-Total", "dpop-nonce"));
        fields.set("Vary", "*");
        CROSS_ORIGIN.expose(get(SHOP), fields);
        CROSS_ORIGIN.expose(get(SHOP), fields);

        assertThat(fields.all("Access-Control-Expose-Headers"))
                .containsExactly("X-Total, dpop-nonce, WWW-Authenticate, X-Request-Id, Retry-After");
        assertThat(fields.all("Vary")).containsExactly("*");
    }

    private static Request preflight() {
        return new Request("OPTIONS", Map.of("Origin", List.of(SHOP), "Access-Control-Request-Method", List.of("GET")));
    }

    private static Request get(String origin) {
        return new Request("GET", Map.of("Origin", List.of(origin)));
    }

    private static final class Fields implements AnswerFields {
        private final Map<String, List<String>> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

        @Override
        public List<String> all(String name) {
            return values.getOrDefault(name, List.of());
        }

        @Override
        public void set(String name, String value) {
            values.put(name, List.of(value));
        }
    }

    private record Request(String method, Map<String, List<String>> headers) implements ProtectedRequest {
        Request with(String name, String... values) {
            Map<String, List<String>> more = new TreeMap<>(headers);
            more.put(name, List.of(values));
            return new Request(method, more);
        }

        @Override
        public List<String> headers(String name) {
            return headers.getOrDefault(name, List.of());
        }

        @Override
        public @Nullable String query() {
            return null;
        }

        @Override
        public String path() {
            return "/";
        }

        @Override
        public String route() {
            return "/*";
        }

        @Override
        public boolean isSecure() {
            return true;
        }

        @Override
        public @Nullable String remoteAddress() {
            return null;
        }

        @Override
        public String correlationId() {
            return "req-1";
        }
    }
}
