package dev.cardea.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengesTest {

    @Test
    void readsSchemeAndParameters() {
        assertThat(Challenges.parse(List.of("Bearer realm=\"a \\\"b\\\"\", error=invalid_token , scope=\"x y\"")))
                .containsExactly(new Challenge(
                        "Bearer", null, Map.of("realm", "a \"b\"", "error", "invalid_token", "scope", "x y")));
    }

    @Test
    void tellsSeveralChallengesApart() {
        assertThat(Challenges.parse(List.of(
                        "Bearer realm=\"a, Basic b\", DPoP algs=\"ES256\", Negotiate YTpi==, New", "Basic x=y")))
                .extracting(Challenge::scheme)
                .containsExactly("Bearer", "DPoP", "Negotiate", "New", "Basic");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "Bearer ",
                "Bearer realm=\"a",
                "Bearer realm=\"a\" error=\"b\"",
                "Bearer realm=\"a\", realm=\"b\"",
                "Bearer realm=\"a\", Realm=\"b\"",
                "Bearer realm=\"a\",",
                "Bearer realm=\"\u00e9\"",
                "Bearer error=\"a\\\\b\"",
                "Bearer error_description=\"a\\\"b\"",
                "Bearer scope=\"a  b\"",
                "Bearer scope=\" a\"",
                "Bearer realm=\"a\", scope=",
                "=x",
                "Bearer realm=\"a\n\"",
                "Bearer,,Basic"
            })
    void refusesWhatASenderMustNotWrite(String field) {
        assertThatThrownBy(() -> Challenges.parse(List.of(field))).isInstanceOf(IllegalArgumentException.class);
        assertThat(Challenges.parse(List.of("Bearer realm=\"a\", error=\"b\""))).hasSize(1);
    }
}
