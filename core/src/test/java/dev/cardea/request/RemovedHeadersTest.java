package dev.cardea.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("C03")
@Tag("N17")
class RemovedHeadersTest {
    private final RemovedHeaders removed = new RemovedHeaders(List.of("X-Remote-User", "x_groups"));

    @ParameterizedTest
    @ValueSource(strings = {"X-Remote-User", "x-remote-user", "X_Remote_User", "X-REMOTE_USER", "X-Groups", "X_GROUPS"})
    void aNameIsRemovedHoweverItIsWritten(String name) {
        assertThat(removed.contain(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Remote", "X-Remote-User-Id", "XRemoteUser", "Remote-User", ""})
    void everyOtherStays(String name) {
        assertThat(removed.contain(name)).isFalse();
    }

    @Test
    void nothingIsRemovedUnlessSomethingIsNamed() {
        assertThat(new RemovedHeaders(List.of()).isEmpty()).isTrue();
        assertThat(removed.isEmpty()).isFalse();
    }
}
