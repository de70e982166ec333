package dev.cardea;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorrelationIdTest {
    private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
    private static final String TRACEPARENT = "00-" + TRACE_ID + "-b7ad6b7169203331-01";

    @Test
    void isTheNameThatTheClientGave() {
        assertThat(of("X-Request-Id", "a-B_9.z")).isEqualTo("a-B_9.z");
        assertThat(of("X-Request-Id", "x".repeat(64))).isEqualTo("x".repeat(64));
        assertThat(CorrelationId.of(
                        new Headers(Map.of("X-Request-Id", List.of("mine"), "traceparent", List.of(TRACEPARENT)))))
                .isEqualTo("mine");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "a b", "a\r\nSet-Cookie: x=1", "\u001b[31m", "\"", "<script>", "\u00e9", "a/b", "a,b"})
    @Tag("N17")
    void isNeverTextThatCouldDoHarmInAHeaderALogOrAUri(String name) {
        assertThat(of("X-Request-Id", name)).matches("[0-9a-f]{16}");
        assertThat(of("X-Request-Id", "x".repeat(65))).matches("[0-9a-f]{16}");
        assertThat(CorrelationId.of(new Headers(Map.of("X-Request-Id", List.of("a", "b")))))
                .matches("[0-9a-f]{16}");
        assertThat(of("X-Request-Id", "harmless")).isEqualTo("harmless");
    }

    @Test
    void isTheTraceIdWhereTheClientGaveNoName() {
        assertThat(of("traceparent", TRACEPARENT)).isEqualTo(TRACE_ID);
        assertThat(of("traceparent", "cc" + TRACEPARENT.substring(2))).isEqualTo(TRACE_ID);
        assertThat(of("traceparent", "cc" + TRACEPARENT.substring(2) + "-what-comes"))
                .isEqualTo(TRACE_ID);
    }

    @Test
    @Tag("N17")
    void isNotTakenFromATraceparentThatIsNone() {
        List<String> wrong = new ArrayList<>(List.of(
                "",
                TRACE_ID,
                "ff" + TRACEPARENT.substring(2),
                TRACEPARENT + "-more",
                TRACEPARENT + "0",
                TRACEPARENT.replace(TRACE_ID, "0".repeat(32)),
                TRACEPARENT.replace("b7ad6b7169203331", "0".repeat(16)),
                TRACEPARENT.replace('a', 'A'),
                TRACEPARENT.replace("6519", "65\r\n"),
                TRACEPARENT.replace('-', '_'),
                "cc" + TRACEPARENT.substring(2) + "x"));
        for (int cut = 1; cut < TRACEPARENT.length(); cut++) {
            wrong.add(TRACEPARENT.substring(0, TRACEPARENT.length() - cut));
        }
        assertThat(wrong).allSatisfy(traceparent -> assertThat(of("traceparent", traceparent))
                .matches("[0-9a-f]{16}"));
        assertThat(CorrelationId.of(new Headers(Map.of("traceparent", List.of(TRACEPARENT, TRACEPARENT)))))
                .matches("[0-9a-f]{16}");
    }

    @Test
    void isMadeUpOtherwiseAndThenDiffers() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            ids.add(CorrelationId.of(new Headers(Map.of())));
        }
        assertThat(ids).doesNotHaveDuplicates().allSatisfy(id -> assertThat(id).matches("[0-9a-f]{16}"));
    }

    private static String of(String name, String value) {
        return CorrelationId.of(new Headers(new HashMap<>(Map.of(name, List.of(value)))));
    }

    private record Headers(Map<String, List<String>> fields) implements ProtectedRequest {
        @Override
        public String method() {
            return "GET";
        }

        @Override
        public List<String> headers(String name) {
            return fields.getOrDefault(name, List.of());
        }

        @Override
        public @Nullable String query() {
            return null;
        }

        @Override
        public String path() {
            return "/";
        }

        @Override
        public String route() {
            return "/*";
        }

        @Override
        public boolean isSecure() {
            return true;
        }

        @Override
        public @Nullable String remoteAddress() {
            return null;
        }

        @Override
        public String correlationId() {
            return CorrelationId.of(this);
        }
    }
}
