package dev.cardea.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    private static final Answer REFUSED = new Answer(
            401, "Bearer realm=\"orders\", error=\"invalid_token\", error_description=\"Not this one\"", "", "");

    @Test
    void putsEachParameterOfTheChallengeOnALineOfItsOwn() {
        assertThat(Table.row(row(List.of()))).isEqualTo("""
                        GET /api/orders              | 401    | Bearer realm="orders",             | Because.                               | ok
                        JWT for another API          |        | error="invalid_token",             |                                        |
                                                     |        | error_description="Not this one"   |                                        |
                        -----------------------------+--------+------------------------------------+----------------------------------------+---
                        """);
    }

    @Test
    void marksWhatWasNotExpectedAndSaysWhatWas() {
        assertThat(Table.row(row(List.of("status 200", "no challenge"))))
                .contains("| UNEXPECTED\n")
                .contains("| Expected instead: status 200; no")
                .doesNotContain("| ok");
    }

    @Test
    void breaksLinesAtSpacesAndLongWordsAnywhere() {
        assertThat(Table.wrapped("one two three", 8)).containsExactly("one two", "three");
        assertThat(Table.wrapped("abcdefghij kl", 4)).containsExactly("abcd", "efgh", "ij", "kl");
        assertThat(Table.wrapped("", 4)).containsExactly("");
    }

    private static Row row(List<String> complaints) {
        return new Row("GET /api/orders", "JWT for another API", REFUSED, "Because.", complaints);
    }
}
