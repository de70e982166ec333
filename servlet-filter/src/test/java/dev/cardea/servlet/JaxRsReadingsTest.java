package dev.cardea.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.MappingMatch;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("N22")
class JaxRsReadingsTest {
    @Test
    void aPlainPathReadsInOneWay() {
        assertThat(readings("/app/api/orders", "/orders")).containsExactly("/orders");
        assertThat(readings("/app/api", null)).containsExactly("/");
    }

    @ParameterizedTest
    @CsvSource({
        "/app/api/orders;x=1, /orders, /orders;x=1",
        "/app/api/%6frders, /orders, /%6frders",
        "/app/api//orders, /orders, //orders",
        "/app/api/a%2Fb, /a/b, /a%2Fb",
        "/app/api/a%3Bx, /a;x, /a",
        "/app/api/%2e%2e/secret, /../secret, /%2e%2e/secret",
        "/app/api/a+b, /a+b, /a+b",
        "/app/api/%, //undecodable, /%",
        "/elsewhere, ///elsewhere, /elsewhere"
    })
    void everyOtherSpellingReadsInSeveral(String uri, String one, String another) {
        assertThat(readings(uri, "/orders")).contains(one, another);
    }

    private static Set<String> readings(String uri, @Nullable String pathInfo) {
        HttpServletMapping mapping =
                FakeContainer.of(HttpServletMapping.class, (method, argument) -> MappingMatch.PATH);
        return JaxRsReadings.of(FakeContainer.of(HttpServletRequest.class, (method, argument) -> switch (method) {
            case "getRequestURI" -> uri;
            case "getContextPath" -> "/app";
            case "getServletPath" -> "/api";
            case "getPathInfo" -> pathInfo;
            case "getHttpServletMapping" -> mapping;
            default -> throw new UnsupportedOperationException(method);
        }));
    }
}
