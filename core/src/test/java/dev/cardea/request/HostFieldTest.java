package dev.cardea.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cardea.reject.Reason;
import dev.cardea.reject.RejectedException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostFieldTest {

    @ParameterizedTest
    @ValueSource(strings = {"api.example", "api.example:8443", "127.0.0.1", "[::1]:8080", "localhost:", "a_b", ""})
    @Tag("N13")
    void takesAHostWithAnOptionalPort(String field) {
        assertThatCode(() -> HostField.check(List.of(field))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api/x?",
                "api.example/x",
                "api.example?x",
                "a#b",
                "a@api.example",
                "@api.example",
                "api.example:80:80",
                "api.example:80.",
                "api.example:x",
                "api.example:123456",
                "api.example, other.example",
                "[::1",
                "[::1]x",
                "a\\b",
                "%00",
                "a b",
                "h\u00f6st",
                "http://api.example"
            })
    @Tag("N13")
    void refusesWhatIsMoreThanThat(String field) {
        assertRefused(List.of(field));
    }

    @Test
    @Tag("N13")
    void refusesTwoEvenIfTheyAreTheSame() {
        assertRefused(List.of("api.example", "api.example"));
    }

    @Test
    void refusesOneOfMoreThan512Characters() {
        assertThatCode(() -> HostField.check(List.of("a".repeat(512)))).doesNotThrowAnyException();
        assertRefused(List.of("a".repeat(513)));
    }

    @Test
    void leavesItToTheServerWhetherThereMustBeOne() {
        assertThatCode(() -> HostField.check(List.of())).doesNotThrowAnyException();
    }

    private static void assertRefused(List<String> fields) {
        RejectedException refusal = catchThrowableOfType(RejectedException.class, () -> HostField.check(fields));
        assertThat(refusal.rejection().reason()).isEqualTo(Reason.HOST_MALFORMED);
        assertThat(refusal.rejection().reason().status()).isEqualTo(400);
    }
}
