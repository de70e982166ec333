package dev.cardea.handover;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceivedTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "api.example, 443, true, api.example",
                "api.example, 80, false, api.example",
                "api.example, 80, true, api.example:80",
                "api.example, 8443, true, api.example:8443",
                "api.example, 0, true, api.example",
                "api.example, -1, false, api.example",
                "::1, 8080, false, [::1]:8080",
                "[::1], 8080, false, [::1]:8080",
                "'', 80, false, -",
                "-, 80, false, -",
            })
    @Tag("D09")
    void aDefaultPortIsLeftOut(String name, int port, boolean secure, String authority) {
        assertThat(Received.authority(name, port, secure)).isEqualTo(authority);
    }

    @Test
    @Tag("D09")
    void thePathIsThatOfTheRequestAndNotOfWhereItWasDispatched() {
        assertThat(Received.path(name -> null, "/shop/orders")).isEqualTo("/shop/orders");
        for (String dispatch : new String[] {"forward", "error", "async"}) {
            Map<String, Object> attributes = Map.of("jakarta.servlet." + dispatch + ".request_uri", "/shop/orders");
            assertThat(Received.path(attributes::get, "/shop/inside")).isEqualTo("/shop/orders");
        }
        Map<String, Object> both = Map.of(
                "jakarta.servlet.forward.request_uri", "/shop/orders",
                "jakarta.servlet.error.request_uri", "/shop/inside");
        assertThat(Received.path(both::get, "/shop/error")).isEqualTo("/shop/orders");
    }

    @Test
    @Tag("M01")
    void anythingElseThanCertificatesIsNone() {
        assertThat(Received.certificates(null)).isEmpty();
        assertThat(Received.certificates("CN=client")).isEmpty();
        assertThat(Received.certificates(new java.security.cert.X509Certificate[0]))
                .isEmpty();
    }
}
