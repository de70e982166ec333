package dev.cardea.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderSnifferTest {
    private static final Random RANDOM = new Random(8725);

    /** Whatever stands before it: so that no letter of the alphabet is passed over. */
    @Test
    void findsAlgInEveryPlaceAndEverySpellingOfTheAlphabet() {
        for (int i = 0; i < 2_000; i++) {
            String before = text(RANDOM.nextInt(12));
            String segment = encoded("{\"" + before + "\":\"" + text(RANDOM.nextInt(12)) + "\",\"alg\":1}");

            assertThat(HeaderSniffer.findsAlgorithm(segment)).as(segment).isTrue();
            assertThat(HeaderSniffer.findsAlgorithm(segment.replace('-', '+').replace('_', '/')))
                    .as(segment)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "...", ".%s", "..%s.e30.AA", "%s", "%s.", "%s.e30"})
    void dotsInFrontHideNothing(String template) {
        String token = template.formatted(encoded("{\"alg\":1}"));
        assertThat(HeaderSniffer.findsAlgorithm(token)).isEqualTo(template.contains("%s"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"algo\":1}",
                "{\"al\":1}",
                "{\"alg\"}",
                "{\"alg\"",
                "{\"alg",
                "{\"alg\" ,\"b\":1}",
                "{\"xalg\":1}",
                "{\"Alg\":1}",
                "x{\"alg\":1}",
                "[{\"alg\":1}]",
                "\"alg\":1",
                "{\"a\":\"alg\"}"
            })
    void whatIsNoMemberOfThatNameIsNone(String header) {
        assertThat(HeaderSniffer.findsAlgorithm(encoded("{\"alg\":1}"))).isTrue();
        assertThat(HeaderSniffer.findsAlgorithm(encoded(header))).isFalse();
    }

    /** The first segment counts: what follows the first dot is another. */
    @Test
    void looksIntoTheFirstSegmentOnly() {
        assertThat(HeaderSniffer.findsAlgorithm("e30." + encoded("{\"alg\":1}")))
                .isFalse();
        String half = encoded("{\"alg\":1}");
        assertThat(HeaderSniffer.findsAlgorithm(half.substring(0, 6) + '.' + half.substring(6)))
                .isFalse();
    }

    private static String text(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            char c = (char) (' ' + RANDOM.nextInt(300));
            text.append(c == '"' || c == '\\' ? 'x' : c);
        }
        return text.toString();
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
