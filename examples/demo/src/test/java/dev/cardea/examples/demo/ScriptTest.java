package dev.cardea.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class ScriptTest {

    @Test
    void tampersWithTheScopeAndNothingElse() {
        String tampered =
                Script.tampered("head." + encoded("{\"scope\":\"orders:read\",\"sub\":\"x\"}") + ".signature");

        assertThat(tampered).isEqualTo("head." + encoded("{\"scope\":\"orders:write\",\"sub\":\"x\"}") + ".signature");
    }

    @Test
    void doesNotPretendToHaveTampered() {
        String token = "head." + encoded("{\"scope\":\"profile:read\"}") + ".signature";

        assertThatThrownBy(() -> Script.tampered(token))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageNotContaining("signature");
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
