package dev.cardea.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("B19")
class TransportSecurityTest {
    private static final String PROXY = "10.1.2.3";
    private static final TransportSecurity STRICT =
            new TransportSecurity(true, List.of(AddressRange.parse("10.0.0.0/8"), AddressRange.parse("127.0.0.1")));

    @Test
    void tlsSufficesAndSoDoesThisMachine() {
        assertThat(suffices(true, "198.51.100.7", Map.of())).isTrue();
        assertThat(suffices(false, "::1", Map.of())).isTrue();
        assertThat(suffices(true, null, Map.of())).isTrue();
        assertThat(new TransportSecurity(false, List.of()).suffices(false, null, name -> List.of()))
                .isTrue();
    }

    @Test
    void plainHttpFromElsewhereOrFromNobodyKnowsWhereDoesNot() {
        for (@Nullable
        String peer : new String[] {"198.51.100.7", PROXY, "", null, "localhost", "127.0.0.1, 10.1.2.3"}) {
            assertThat(suffices(false, peer, Map.of())).as(peer).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https", "HTTPS", "http, https", "http,https", "wss", " https "})
    void theLastValueIsTheTrustedProxys(String proto) {
        Map<String, List<String>> fields = Map.of("X-Forwarded-Proto", List.of(proto));
        assertThat(suffices(false, PROXY, fields)).isTrue();
        assertThat(suffices(false, "::ffff:" + PROXY, fields)).isTrue();
        assertThat(suffices(false, "198.51.100.7", fields))
                .as("somebody else's")
                .isFalse();
        assertThat(suffices(false, null, fields)).as("nobody's").isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https, http", "https,", "", "https http", "\"https\"", "httpsx", "ws"})
    void whateverElseItSaysIsNotTls(String proto) {
        Map<String, List<String>> fields = Map.of("X-Forwarded-Proto", List.of(proto));
        assertThat(suffices(false, PROXY, fields)).isFalse();
        assertThat(suffices(true, PROXY, fields)).as("over the proxy's TLS").isFalse();
        assertThat(suffices(false, "127.0.0.1", fields)).as("from a proxy here").isFalse();
        assertThat(suffices(false, "::1", fields))
                .as("from one that is not trusted")
                .isTrue();
    }

    @Test
    void theLastFieldCountsWhereThereAreSeveral() {
        assertThat(suffices(false, PROXY, Map.of("X-Forwarded-Proto", List.of("http", "https"))))
                .isTrue();
        assertThat(suffices(false, PROXY, Map.of("X-Forwarded-Proto", List.of("https", "http"))))
                .isFalse();
        assertThat(suffices(false, PROXY, Map.of("Forwarded", List.of("proto=http", "proto=https"))))
                .isTrue();
        assertThat(suffices(false, PROXY, Map.of("Forwarded", List.of("proto=https", "proto=http"))))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proto=https",
                "Proto=HTTPS",
                "proto=\"https\"",
                "for=192.0.2.60;proto=https;by=203.0.113.43",
                "for=192.0.2.43;proto=http, for=198.51.100.17 ; proto=https",
                "for=\"a,b;proto=http\";proto=https",
                "for=\"a\\\",proto=http\";proto=https"
            })
    void theStandardFieldSaysItInItsLastElement(String forwarded) {
        assertThat(suffices(false, PROXY, Map.of("Forwarded", List.of(forwarded))))
                .isTrue();
        assertThat(suffices(false, "198.51.100.7", Map.of("Forwarded", List.of(forwarded))))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proto=http",
                "proto=https, proto=http",
                "proto=https, for=192.0.2.60",
                "for=192.0.2.60",
                "for=\"proto=https\"",
                "for=\"x, proto=https",
                "for=x\", proto=https",
                "proto=https;proto=http",
                "proto=https;proto=https",
                "proto=",
                "proto =https",
                "xproto=https",
                ""
            })
    void theStandardFieldSaysNothingElse(String forwarded) {
        assertThat(suffices(false, PROXY, Map.of("Forwarded", List.of(forwarded))))
                .isFalse();
        assertThat(suffices(false, PROXY, Map.of("Forwarded", List.of("proto=https"))))
                .isTrue();
    }

    @Test
    void aClientCannotOverruleTheProxyByTheFieldThatItDoesNotSet() {
        assertThat(suffices(
                        false,
                        PROXY,
                        Map.of("X-Forwarded-Proto", List.of("http"), "Forwarded", List.of("proto=https"))))
                .isFalse();
        assertThat(suffices(
                        false,
                        PROXY,
                        Map.of("X-Forwarded-Proto", List.of("https"), "Forwarded", List.of("proto=http"))))
                .isFalse();
        assertThat(suffices(
                        false,
                        PROXY,
                        Map.of("X-Forwarded-Proto", List.of("https"), "Forwarded", List.of("proto=https"))))
                .isTrue();
    }

    private static boolean suffices(boolean secure, @Nullable String peer, Map<String, List<String>> fields) {
        return STRICT.suffices(secure, peer, name -> fields.getOrDefault(name, List.of()));
    }
}
