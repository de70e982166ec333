package dev.cardea.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Beside a slow, obvious version of both grammars, for each character that there is in ASCII and a little beyond. */
@Tag("B01")
class Token68Test {
    private static final String ALPHANUMERIC =
            "abcdefghijklmnopqrstuvwxyz" + "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + "0123456789";

    @Test
    void aCharacterOfAToken68IsOneOfRfc9110() {
        for (char c = 0; c < 0x180; c++) {
            boolean expected = (ALPHANUMERIC + "-._~+/").indexOf(c) >= 0;
            assertThat(end(String.valueOf(c), 0)).as("U+%04x", (int) c).isEqualTo(expected ? 1 : 0);
        }
    }

    @Test
    void aCharacterOfASchemeIsOneOfRfc9110() {
        for (char c = 0; c < 0x180; c++) {
            assertThat(Token68.isTchar(c))
                    .as("U+%04x", (int) c)
                    .isEqualTo((ALPHANUMERIC + "!#$%&'*+-.^_`|~").indexOf(c) >= 0);
        }
    }

    @Test
    void endsBeforeWhatDoesNotBelongToItAndTakesPaddingOnlyAtItsEnd() {
        assertThat(end("Bearer abc== x", 7)).isEqualTo(12);
        assertThat(end("Bearer abc=b", 7)).isEqualTo(11);
        assertThat(end("Bearer ==", 7)).isEqualTo(7);
        assertThat(end("Bearer ", 7)).isEqualTo(7);
    }

    private static int end(String text, int start) {
        return Token68.end(text.getBytes(StandardCharsets.ISO_8859_1), start);
    }
}
