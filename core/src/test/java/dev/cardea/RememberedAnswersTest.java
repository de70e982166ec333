package dev.cardea;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a remembered answer is worth to the next request, as its client sees it. */
class RememberedAnswersTest {
    private static final Duration A_MOMENT = Duration.ofMillis(1);

    private final Asking asking = new Asking();

    @AfterEach
    void stop() {
        asking.close();
    }

    @Test
    @Tag("N01")
    @Tag("accepts")
    @Tag("refuses")
    void whatWasGrantedOnOnePathIsJudgedAnewOnTheNext() {
        ResourceServer server = asking.server(
                "cardea.routes.read.path",
                "/read/*",
                "cardea.routes.read.scopes",
                "orders:read",
                "cardea.routes.write.path",
                "/write/*",
                "cardea.routes.write.scopes",
                "orders:write");
        String reader = asking.as.issueOpaque("orders:read");
        String writer = asking.as.issueOpaque("orders:write");
        for (int i = 0; i < 3; i++) {
            assertThat(asking.decide(server, "/read/1", reader)).isEqualTo("GRANTED");
            assertThat(asking.decide(server, "/write/1", reader)).isEqualTo("SCOPE_MISSING");
            assertThat(asking.decide(server, "/read/1", writer)).isEqualTo("SCOPE_MISSING");
            assertThat(asking.decide(server, "/write/1", writer)).isEqualTo("GRANTED");
        }
        assertThat(asking.calls()).isEqualTo(2);
    }

    @Test
    @Tag("I16")
    @Tag("accepts")
    @Tag("refuses")
    void aRevocationCountsWhenTheTimeIsOverOrAtOnceWhereNothingIsRemembered() {
        ResourceServer remembering = asking.server();
        ResourceServer forgetful = asking.server("cardea.introspection.cache.ttl", "0s");
        String token = asking.as.issueOpaque("orders:read");
        for (ResourceServer server : List.of(remembering, forgetful)) {
            assertThat(asking.decide(server, "/x", token)).isEqualTo("GRANTED");
        }
        asking.as.revoke(token);

        assertThat(asking.decide(forgetful, "/x", token)).isEqualTo("INACTIVE");
        asking.pass(Duration.ofSeconds(30).minus(Duration.ofSeconds(5)));
        assertThat(asking.decide(remembering, "/x", token)).isEqualTo("GRANTED");
        asking.pass(Duration.ofSeconds(5));
        assertThat(asking.decide(remembering, "/x", token)).isEqualTo("INACTIVE");
    }

    @Test
    @Tag("I06")
    @Tag("N05")
    @Tag("accepts")
    @Tag("refuses")
    void aTokenThatIsGoodLaterIsUsableSecondsAfterItWasRefused() {
        ResourceServer server = asking.server();
        String good = asking.as.issueOpaque("orders:read");
        assertThat(asking.decide(server, "/x", good)).isEqualTo("GRANTED");
        assertThat(asking.decide(server, "/x", "not-yet")).isEqualTo("INACTIVE");
        asking.as.introspectAs("not-yet", answer(Instant.now().plusSeconds(300)));
        int calls = asking.calls();

        assertThat(asking.decide(server, "/x", "not-yet")).isEqualTo("INACTIVE");
        assertThat(asking.calls()).isEqualTo(calls);
        asking.pass(Duration.ofSeconds(5).plus(A_MOMENT));
        assertThat(asking.decide(server, "/x", "not-yet")).isEqualTo("GRANTED");
        assertThat(asking.decide(server, "/x", good)).isEqualTo("GRANTED");
        assertThat(asking.calls()).as("the good one is remembered longer").isEqualTo(calls + 1);
    }

    private String answer(Instant exp) {
        Map<String, @Nullable Object> metadata = asking.as.metadata("orders:read");
        return "{\"active\":true,\"iss\":\"" + metadata.get("iss") + "\",\"aud\":\"" + metadata.get("aud")
                + "\",\"scope\":\"orders:read\",\"exp\":" + exp.getEpochSecond() + "}";
    }
}
