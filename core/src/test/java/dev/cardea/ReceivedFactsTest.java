package dev.cardea;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ReceivedFactsTest {

    @Test
    @Tag("D11")
    void theHostIsWhatTheHostFieldSays() {
        SentRequest request = SentRequest.to("/orders").with("Host", "other.example:8443");
        assertThat(new ReceivedFacts(request).authority()).isEqualTo("other.example:8443");
        assertThat(new ReceivedFacts(request.with("$WSSN", "evil.example").with("$WSSP", "444")).authority())
                .isEqualTo("other.example:8443");
    }

    @Test
    @Tag("D11")
    void withoutItTheContainersCountsUnlessSomebodyMayHaveReplacedIt() {
        SentRequest request = new SentRequest("GET", "/orders", Map.of(), true, "198.51.100.7", "", List.of());
        assertThat(new ReceivedFacts(request).authority()).isEqualTo(SentRequest.HOST);
        assertThat(new ReceivedFacts(request.with("$WSSN", "evil.example")).authority())
                .isNull();
        assertThat(new ReceivedFacts(request.with("$WSSP", "444")).authority()).isNull();
    }
}
