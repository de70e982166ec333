package dev.cardea.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class NotedResponseTest {
    private final Map<String, List<String>> sent = new TreeMap<>();

    private HttpServletResponse noted(Map<String, String> notes) {
        HttpServletResponse container = (HttpServletResponse) Proxy.newProxyInstance(
                NotedResponseTest.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "setHeader" -> sent.put(name(arguments), new ArrayList<>(List.of((String) arguments[1])));
                        case "addHeader" ->
                            sent.computeIfAbsent(name(arguments), name -> new ArrayList<>())
                                    .add((String) arguments[1]);
                        case "reset" -> sent.clear();
                        default -> throw new UnsupportedOperationException(method.getName());
                    }
                    return null;
                });
        return new NotedResponse(container, notes);
    }

    private static String name(Object[] arguments) {
        return ((String) arguments[0]).toLowerCase(Locale.ROOT);
    }

    @Test
    @Tag("D27")
    void anAnswerWithANewNonceStaysUncacheableWhateverTheApplicationSays() {
        HttpServletResponse response = noted(Map.of("DPoP-Nonce", "n2", "Cache-Control", "no-store"));
        response.setHeader("cache-control", "public, max-age=600");
        response.addHeader("Cache-Control", "s-maxage=600");
        response.addHeader("DPoP-Nonce", "another");
        response.setHeader("ETag", "\"1\"");
        assertThat(sent)
                .isEqualTo(Map.of(
                        "dpop-nonce", List.of("n2"), "cache-control", List.of("no-store"), "etag", List.of("\"1\"")));

        response.reset();
        assertThat(sent).isEqualTo(Map.of("dpop-nonce", List.of("n2"), "cache-control", List.of("no-store")));
    }

    @Test
    @Tag("M10")
    void whatTheAnswerDependsOnIsAddedToWhatTheApplicationSays() {
        HttpServletResponse response = noted(Map.of("Vary", "Client-Cert"));
        assertThat(sent).isEqualTo(Map.of("vary", List.of("Client-Cert")));
        response.setHeader("Vary", "Accept");
        response.addHeader("vary", "Origin");
        response.setHeader("Cache-Control", "max-age=600");
        assertThat(sent)
                .isEqualTo(Map.of(
                        "vary", List.of("Accept", "Client-Cert", "Origin"), "cache-control", List.of("max-age=600")));
    }
}
