package dev.cardea.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cardea.log.RateLimitedLog;
import dev.cardea.log.RecordedLog;
import dev.cardea.reject.Reason;
import dev.cardea.reject.RejectedException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClientCertificatesTest {
    private final RecordedLog recorded = new RecordedLog();
    private final RateLimitedLog log = new RateLimitedLog(recorded, () -> 0);
    private final ClientCertificates byConnection = new ClientCertificates(null, null, StubRequest.TRUSTED, log);
    private final ClientCertificates behindProxy =
            new ClientCertificates(HeaderFormat.RFC9440, null, StubRequest.TRUSTED, log);

    @Test
    @Tag("M01")
    @Tag("M03")
    void theThumbprintIsTheSha256OfTheFirstCertificateOfTheConnection() throws Exception {
        ClientCertificate certificate = byConnection.of(new StubRequest().over(Samples.client(), Samples.issuer()));
        assertThat(certificate).isNotNull();
        assertThat(certificate.thumbprint()).isEqualTo(Samples.THUMBPRINT);
        assertThat(certificate.fromHeader()).isFalse();
        assertThat(certificate.toString())
                .contains("connection")
                .doesNotContain("orders")
                .doesNotContain(Samples.HASH);
    }

    @Test
    @Tag("M01")
    void aConnectionWithoutCertificateHasNone() throws Exception {
        assertThat(byConnection.of(new StubRequest())).isNull();
        assertThat(behindProxy.of(new StubRequest())).isNull();
    }

    @Test
    @Tag("M01")
    void whoeverChangesTheThumbprintChangesACopy() throws Exception {
        ClientCertificate certificate = byConnection.of(new StubRequest().over(Samples.client()));
        assertThat(certificate).isNotNull();
        certificate.thumbprint()[0]++;
        assertThat(certificate.thumbprint()).isEqualTo(Samples.THUMBPRINT);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("M11")
    void noFieldIsReadUnlessAFormatIsConfigured(HeaderFormat format) throws Exception {
        StubRequest request = new StubRequest().from(StubRequest.PROXY).with(format.field(), sample(format));
        assertThat(byConnection.of(request)).isNull();
        assertThat(byConnection.header()).isNull();
        assertThat(StubRequest.behindProxy(format).of(request)).isNotNull();
        assertThat(StubRequest.behindProxy(format).header()).isEqualTo(format.field());
        assertThat(recorded.lines()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("M12")
    void aTrustedProxySaysWhatCertificateTheClientHas(HeaderFormat format) throws Exception {
        StubRequest request = new StubRequest().from(StubRequest.PROXY).with(format.field(), sample(format));
        ClientCertificate certificate = StubRequest.behindProxy(format).of(request);
        assertThat(certificate).isNotNull();
        assertThat(certificate.thumbprint()).isEqualTo(Samples.THUMBPRINT);
        assertThat(certificate.fromHeader()).isTrue();
        assertThat(certificate.toString()).contains("proxy").doesNotContain(Samples.HASH);
    }

    @Test
    @Tag("M08")
    void aFieldFromAnybodyElseIsIgnoredAndLoggedOnce() throws Exception {
        for (@Nullable
        String peer : new @Nullable String[] {StubRequest.CLIENT, "127.0.0.1", "proxy.example.test", "", null}) {
            StubRequest request = new StubRequest().from(peer).with("Client-Cert", Samples.RFC9440);
            assertThat(behindProxy.of(request)).as(peer).isNull();
            assertThat(behindProxy.of(request.from(StubRequest.PROXY))).isNotNull();
        }
        assertThat(recorded.lines())
                .singleElement()
                .asString()
                .contains("Client-Cert", "'203.0.113.9'", "cardea.proxy.trusted")
                .doesNotContain(Samples.HAPROXY.substring(0, 20));
    }

    @Test
    @Tag("M08")
    void beyondTheProxiesTheCertificateOfTheConnectionCountsWhateverTheFieldSays() throws Exception {
        StubRequest request = new StubRequest().over(Samples.issuer()).with("Client-Cert", Samples.RFC9440);
        ClientCertificate certificate = behindProxy.of(request);
        assertThat(certificate).isNotNull();
        assertThat(certificate.fromHeader()).isFalse();
        assertThat(certificate.thumbprint()).isNotEqualTo(Samples.THUMBPRINT);
    }

    @Test
    @Tag("M08")
    void theProxysOwnCertificateIsNotItsClients() throws Exception {
        StubRequest request = new StubRequest().from(StubRequest.PROXY).over(Samples.client());
        assertThat(behindProxy.of(request)).isNull();
        assertThat(byConnection.of(request))
                .as("whether or not it hands certificates on")
                .isNull();
        assertThat(byConnection.of(new StubRequest().over(Samples.client()))).isNotNull();
        assertThat(behindProxy.of(request.with("Client-Cert", Samples.RFC9440))).isNotNull();
    }

    @Test
    @Tag("M12")
    void anEmptyFieldSaysThatThereIsNoCertificate() throws Exception {
        for (HeaderFormat format : HeaderFormat.values()) {
            StubRequest request = new StubRequest().from(StubRequest.PROXY).with(format.field(), " ");
            assertThat(StubRequest.behindProxy(format).of(request)).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("M09")
    void theFieldMayBeThereOnce(HeaderFormat format) throws Exception {
        StubRequest request = new StubRequest().from(StubRequest.PROXY).with(format.field(), sample(format));
        assertThat(StubRequest.behindProxy(format).of(request)).isNotNull();
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> StubRequest.behindProxy(format).of(request.with(format.field(), sample(format))))
                .satisfies(e -> assertThat(e.rejection().reason()).isEqualTo(Reason.CERTIFICATE_MALFORMED));
    }

    @Test
    @Tag("M12")
    void theFieldsNameCanBeChosen() throws Exception {
        ClientCertificates chain =
                new ClientCertificates(HeaderFormat.ALB, "X-Amzn-Mtls-Clientcert", StubRequest.TRUSTED, log);
        StubRequest request =
                new StubRequest().from(StubRequest.PROXY).with("X-Amzn-Mtls-Clientcert-Leaf", sample(HeaderFormat.ALB));
        assertThat(chain.of(request)).isNull();
        assertThat(chain.of(request.with("x-amzn-mtls-clientcert", sample(HeaderFormat.ALB))))
                .isNotNull();
        assertThat(chain.header()).isEqualTo("X-Amzn-Mtls-Clientcert");
    }

    @Test
    @Tag("M08")
    void withoutTrustedProxiesNoFieldCounts() throws Exception {
        ClientCertificates nobodyTrusted = new ClientCertificates(HeaderFormat.RFC9440, null, List.of(), log);
        StubRequest request = new StubRequest().from(StubRequest.PROXY).with("Client-Cert", Samples.RFC9440);
        assertThat(nobodyTrusted.of(request)).isNull();
        assertThat(behindProxy.of(request)).isNotNull();
    }

    private static String sample(HeaderFormat format) {
        return switch (format) {
            case RFC9440 -> Samples.RFC9440;
            case ENVOY -> Samples.envoy();
            case NGINX -> Samples.NGINX_ESCAPED;
            case ALB -> Samples.alb(Samples.CLIENT_PEM + Samples.ISSUER_PEM);
            case HAPROXY -> Samples.HAPROXY;
        };
    }
}
