package dev.cardea.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("N22")
class PathReadingsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/shop/orders", "/shop/orders/", "/shop/a.b", "/shop/a-b_c~d", "/shop/a..b", "/shop/x."})
    void aPlainPathHasOneReading(String path) {
        assertThat(PathReadings.of(path)).containsExactly(path);
    }

    @ParameterizedTest
    @CsvSource({
        "/shop//admin, /shop/admin",
        "/shop/./admin, /shop/admin",
        "/shop/x/../admin, /shop/admin",
        "/shop/admin;x=y, /shop/admin",
        "/shop;x/admin, /shop/admin",
        "/shop/%61dmin, /shop/admin",
        "/shop%2Fadmin, /shop/admin",
        "/shop%2fadmin, /shop/admin",
        "/shop%5Cadmin, /shop/admin",
        "/shop\\admin, /shop/admin",
        "/shop/x%2F..%2Fadmin, /shop/admin",
        "/shop/%2e%2e/shop/admin, /shop/admin",
        "/shop/admin%3Bx, /shop/admin",
        "/shop/x/..;y/admin, /shop/admin",
        "/shop/x/%2e%2e;y/admin, /shop/admin",
        "//shop/admin, /shop/admin",
        "/shop/admin/., /shop/admin/",
        "/shop/admin%2F, /shop/admin/",
        "/shop/admin;, /shop/admin",
    })
    void everyWayToWriteAPathReadsAsThatPathToo(String written, String meant) {
        assertThat(PathReadings.of(written)).contains(written, meant);
        assertThat(PathReadings.of(meant)).as("the plain twin").containsExactly(meant);
    }

    @Test
    void decodesOnceAndNotTwice() {
        assertThat(PathReadings.of("/shop/%2561dmin")).contains("/shop/%61dmin").doesNotContain("/shop/admin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/shop/%", "/shop/%4", "/shop/%zz"})
    void whatCannotBeDecodedIsMarked(String path) {
        assertThat(PathReadings.of(path)).contains(PathReadings.UNDECODABLE);
        assertThat(PathReadings.of("/shop/%41")).as("the twin").doesNotContain(PathReadings.UNDECODABLE);
    }

    @Test
    void aPlusIsAPlus() {
        assertThat(PathReadings.of("/a+b")).contains("/a+b").allSatisfy(reading -> assertThat(reading)
                .isEqualTo("/a+b"));
    }

    /** A property over many seeds: what is encoded, with anything harmless done to it, has the path it came from among its readings. */
    @Test
    void encodingNeverHidesAPath() {
        Random random = new Random(20261121);
        for (int round = 0; round < 20_000; round++) {
            String path = "/shop/" + word(random) + "/" + word(random);
            String written = disguised(path, random);
            assertThat(PathReadings.of(written)).as(written).contains(path);
        }
    }

    private static String word(Random random) {
        StringBuilder word = new StringBuilder();
        for (int i = random.nextInt(1, 6); i > 0; i--) {
            word.append((char) ('a' + random.nextInt(26)));
        }
        return word.toString();
    }

    private static String disguised(String path, Random random) {
        StringBuilder written = new StringBuilder();
        for (char c : path.toCharArray()) {
            if (c == '/') {
                written.append(
                        switch (random.nextInt(7)) {
                            case 0 -> "//";
                            case 1 -> "/./";
                            case 2 -> "/x/../";
                            case 3 -> ";p=1/";
                            default -> "/";
                        });
            } else {
                written.append(random.nextInt(5) == 0 ? "%%%02x".formatted((int) c) : String.valueOf(c));
            }
        }
        // a parameter cannot stand before the first slash
        return written.toString().replaceFirst("^;p=1", "");
    }

    @Test
    void readsUtf8() {
        String encoded = URLEncoder.encode("für", StandardCharsets.UTF_8);
        assertThat(PathReadings.of("/shop/" + encoded)).contains("/shop/für");
    }
}
