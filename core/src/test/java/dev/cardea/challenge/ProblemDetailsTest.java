package dev.cardea.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.json.BoundedJson;
import dev.cardea.json.JsonLimits;
import dev.cardea.reject.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemDetailsTest {
    private static final Path PAGE = Path.of("../docs/reference/problems.md");

    @ParameterizedTest
    @EnumSource
    @Tag("G01")
    void isAJsonObjectOfTheFiveMembers(ProblemKind kind) throws Exception {
        String json = ProblemDetails.json(kind, "a-B_9.z");

        Map<String, Object> members =
                BoundedJson.readObject(json.getBytes(StandardCharsets.US_ASCII), JsonLimits.ofBytes(1024));

        assertThat(members).containsOnlyKeys("type", "title", "status", "detail", "instance");
        assertThat(members).containsEntry("type", kind.type()).containsEntry("title", kind.title());
        assertThat(members.get("status")).hasToString(String.valueOf(kind.status()));
        assertThat(members.get("instance")).hasToString("tag:cardea.dev,2026:request:a-B_9.z");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("G02")
    void eachReasonHasAProblemTypeOfItsStatus(Reason reason) {
        assertThat(ProblemKind.of(reason).status()).isEqualTo(reason.status());
    }

    @Test
    @Tag("B18")
    @Tag("G02")
    void everyUnusableTokenHasTheSameProblemType() {
        assertThat(Arrays.stream(Reason.values())
                        .filter(reason -> "invalid_token".equals(reason.error()))
                        .map(ProblemKind::of)
                        .distinct())
                .containsExactly(ProblemKind.INVALID_TOKEN);
    }

    @Test
    @Tag("G02")
    void thePageListsEachTypeAsItIs() throws IOException {
        String documented = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `tag:"))
                .collect(Collectors.joining("\n"));

        assertThat(documented)
                .isEqualTo(Arrays.stream(ProblemKind.values())
                        .map(kind -> "| `" + kind.type() + "` | " + kind.status() + " | " + kind.title() + " | "
                                + kind.detail() + " |")
                        .collect(Collectors.joining("\n")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/problem+json",
                "application/json",
                "Application/JSON;charset=utf-8",
                "application/*",
                "*/*",
                "text/html, */*;q=0.1",
                "text/html;q=1, application/json;q=0.001",
                "application/json;q=0, application/problem+json",
                "*/*;q=0, application/problem+json;q=1.000",
                "application/json; Q=0.5"
            })
    @Tag("G01")
    void isForWhoTakesIt(String accept) {
        assertThat(ProblemDetails.isAcceptable(List.of(accept))).isTrue();
        assertThat(ProblemDetails.isAcceptable(List.of("text/html", accept))).isTrue();
        assertThat(ProblemDetails.isAcceptable(List.of())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "",
                "application/xml",
                "application/json;q=0",
                "application/json;q=0.000",
                "*/*, application/problem+json;q=0",
                "application/problem+json;q=0, application/json",
                "application/*;q=0, */*",
                "application/json;q=",
                "application/json;q=2",
                "application/json;q=x",
                "application",
                "application/jsonx"
            })
    @Tag("G01")
    void isNotForWhoDoesNot(String accept) {
        assertThat(ProblemDetails.isAcceptable(List.of(accept))).isFalse();
        assertThat(ProblemDetails.isAcceptable(List.of(accept, "application/problem+json")))
                .isEqualTo(!accept.contains("problem"));
    }
}
