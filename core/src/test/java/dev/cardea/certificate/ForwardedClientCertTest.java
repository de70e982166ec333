package dev.cardea.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cardea.reject.RejectedException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What several proxies, and clients with chosen names, can do to Envoy's field. */
@Tag("M12")
class ForwardedClientCertTest {
    private static final String OTHER = Samples.hash(Samples.issuer());
    private static final String OURS = "By=spiffe://example.test/gateway;Hash=" + Samples.HASH;

    @Test
    void theLastElementIsTheNearestProxys() throws Exception {
        String others = "By=spiffe://example.test/edge;Hash=" + OTHER + ";Subject=\"CN=a\"";
        assertThat(thumbprint(others + "," + OURS)).isEqualTo(Samples.THUMBPRINT);
        assertThat(thumbprint(others + ", " + OURS)).isEqualTo(Samples.THUMBPRINT);
        assertThat(thumbprint(OURS + "," + others)).isNotEqualTo(Samples.THUMBPRINT);
    }

    @Test
    void separatorsInQuotesSeparateNothing() throws Exception {
        assertThat(thumbprint(OURS + ";Subject=\"CN=a,Hash=" + OTHER + "\"")).isEqualTo(Samples.THUMBPRINT);
        assertThat(thumbprint(OURS + ";Subject=\"CN=a\\\",Hash=" + OTHER + ";O=\\\"b\""))
                .isEqualTo(Samples.THUMBPRINT);
        assertThat(thumbprint(OURS + ";Subject=\"CN=a\\\\\";URI=b")).isEqualTo(Samples.THUMBPRINT);
    }

    /** RFC 8705: the client may have made its certificate itself, with any name in it. */
    @ParameterizedTest
    @ValueSource(strings = {"a,Hash=", "a;Hash=", ",Hash=", "a,By=b;Hash=", "a;x=\"b\",Hash=", "a,Subject=\"b\";Hash="})
    void aNameInTheClientsCertificateAddsNothingThatCounts(String name) throws Exception {
        for (String key : new String[] {"URI", "DNS"}) {
            assertThat(thumbprint(OURS + ";" + key + "=https://client.example.test"))
                    .isEqualTo(Samples.THUMBPRINT);
            assertRefused(OURS + ";" + key + "=" + name + OTHER);
        }
    }

    @Test
    void aCertificateBehindTheClientsNamesDoesNotCountEither() throws Exception {
        String certificate = ";Cert=\"" + Samples.envoyCert(Samples.CLIENT_PEM) + "\"";
        assertThat(thumbprint(OURS + certificate + ";DNS=a")).isEqualTo(Samples.THUMBPRINT);
        assertRefused(OURS + ";DNS=a" + certificate);
    }

    /** A proxy that appends has appended to whatever the client sent. */
    @Test
    void whatTheClientSentBeforeDoesNotReachIntoTheElementThatCounts() throws Exception {
        assertThat(thumbprint("a=\"b\"," + OURS + ";Subject=\"CN=c\"")).isEqualTo(Samples.THUMBPRINT);
        assertRefused("a=\"," + OURS + ";Subject=\"CN=,Hash=" + OTHER + ";b=\"");
        assertRefused("a=\"," + OURS);
        assertRefused("a=b," + OURS);
    }

    private static void assertRefused(String field) {
        assertThatExceptionOfType(RejectedException.class).isThrownBy(() -> thumbprint(field));
    }

    private static byte[] thumbprint(String field) throws RejectedException {
        return Samples.thumbprint(HeaderFormat.ENVOY, field);
    }
}
