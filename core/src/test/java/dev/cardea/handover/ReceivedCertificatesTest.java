package dev.cardea.handover;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ReceivedCertificatesTest {
    @Test
    @Tag("M16")
    void whateverTheAttributeIsBesidesCertificatesIsNone() {
        assertThat(Received.CERTIFICATES).isEqualTo("jakarta.servlet.request.X509Certificate");
        assertThat(Received.certificates(new X509Certificate[0])).isEmpty();
        assertThat(Received.certificates(new Certificate[0])).isEmpty();
        assertThat(Received.certificates("CN=a")).isEmpty();
        assertThat(Received.certificates(null)).isEmpty();
    }
}
