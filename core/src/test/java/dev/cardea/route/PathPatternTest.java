package dev.cardea.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathPatternTest {
    @ParameterizedTest
    @CsvSource({
        "/shop/orders, /shop/orders, true",
        "/shop/orders, /shop/orders/, true",
        "/shop/orders/, /shop/orders, true",
        "/shop/orders, /shop/orders/1, false",
        "/shop/orders, /shop/order, false",
        "/shop/orders, /shop/orders2, false",
        "/shop/orders, /shop/Orders, false",
        "/shop/orders, /shop, false",
        "/shop/orders, /, false",
        "/shop/*, /shop, true",
        "/shop/*, /shop/, true",
        "/shop/*, /shop/a/b/c, true",
        "/shop/*, /shopping, false",
        "/*, /, true",
        "/*, /anything/at/all, true",
        "/, /, true",
        "/, /a, false",
        "/shop/{id}, /shop/1, true",
        "/shop/{id}, /shop/1/, true",
        "/shop/{id}, /shop/, false",
        "/shop/{id}, /shop, false",
        "/shop/{id}, /shop/1/2, false",
        "/shop/{id}/items, /shop/1/items, true",
        "/shop/{id}/items, /shop//items, false",
        "/shop/{id}/*, /shop/1, true",
        "/shop/{id}/*, /shop/1/x/y, true",
    })
    void matchesSegmentBySegment(String pattern, String path, boolean expected) {
        assertThat(PathPattern.of(pattern).matches(path)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop",
                "",
                "/shop/*/items",
                "/shop/a*",
                "/shop/{id}x",
                "/shop/{a}{b}",
                "/shop//orders",
                "/shop/../x",
                "/shop/.",
                "/shop;x",
                "/shop%20x",
                "/shop?x",
                "/shop#x",
                "/sh\\op",
                "/shop orders",
                "//*",
                "//"
            })
    void refusesWhatNoPathCouldBe(String text) {
        assertThatThrownBy(() -> PathPattern.of(text)).isInstanceOf(IllegalArgumentException.class);
        assertThat(PathPattern.of("/shop")).as("the twin").hasToString("/shop");
    }

    @Test
    void theMoreSpecificComesFirst() {
        List<PathPattern> ordered = List.of(
                PathPattern.of("/a/b/c"),
                PathPattern.of("/a/b"),
                PathPattern.of("/a/b/*"),
                PathPattern.of("/a/{x}/c"),
                PathPattern.of("/a/{x}"),
                PathPattern.of("/a/{x}/*"),
                PathPattern.of("/a/*"),
                PathPattern.of("/*"));
        List<PathPattern> shuffled = new ArrayList<>(ordered);
        Collections.reverse(shuffled);
        Collections.sort(shuffled);
        assertThat(shuffled).isEqualTo(ordered);
    }

    @Test
    void variablesAreTheSameWhateverTheirName() {
        assertThat(PathPattern.of("/a/{x}"))
                .isEqualTo(PathPattern.of("/a/{y}"))
                .hasSameHashCodeAs(PathPattern.of("/a/{y}"));
        assertThat(PathPattern.of("/a/b"))
                .isNotEqualTo(PathPattern.of("/a/b/*"))
                .isEqualTo(PathPattern.of("/a/b/"));
    }

    @ParameterizedTest
    @CsvSource({
        "/a/*, /a/b, true",
        "/a/*, /b, false",
        "/a/b, /a/{x}, true",
        "/a/b, /a, false",
        "/a, /a/b, false",
        "/a/b/c, /a/*, true",
        "/a/{x}/c, /a/b/*, true",
        "/*, /a, true",
        "/a/b, /a/b/*, true",
        "/a/b/c, /a/b, false",
    })
    void knowsWhetherTwoPatternsHaveAPathInCommon(String one, String other, boolean expected) {
        assertThat(PathPattern.of(one).overlaps(PathPattern.of(other))).isEqualTo(expected);
        assertThat(PathPattern.of(other).overlaps(PathPattern.of(one))).isEqualTo(expected);
    }
}
