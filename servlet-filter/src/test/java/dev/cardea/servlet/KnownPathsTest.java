package dev.cardea.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownPathsTest {
    @ParameterizedTest
    @CsvSource({
        "/shop/api/orders, '', /shop/api/orders",
        "/shop/api/orders/{id}, '', /shop/api/orders/{any}",
        "/shop/api//orders/{id}/, /*, /shop/api/orders/{any}/*",
        "/shop/api/{path: .*}, '', /shop/api/*",
        "/shop/api/{a:[^/]+}/b, '', /shop/api/*",
        "/shop/api/v{version}/orders, '', /shop/api/*",
        "/shop/api/{name}.json, '', /shop/api/*",
        "/, '', /",
        "/, /*, /*",
    })
    void aTemplateIsReadAsFarAsItCanBeTold(String template, String end, String pattern) {
        assertThat(KnownPaths.pattern(template, end))
                .hasValueSatisfying(read -> assertThat(read).hasToString(pattern));
    }
}
