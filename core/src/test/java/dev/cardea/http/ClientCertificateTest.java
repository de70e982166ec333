package dev.cardea.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cardea.config.HttpSettings;
import dev.cardea.config.Secret;
import dev.cardea.testkit.Endpoint;
import dev.cardea.testkit.ReceivedRequest;
import dev.cardea.testkit.TestAuthorizationServer;
import dev.cardea.testkit.TestClientCertificate;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The certificate of {@code cardea.http.key-store} (RFC 8705 2). */
@Timeout(60)
class ClientCertificateTest {
    @TempDir
    static Path folder;

    private static TestClientCertificate first;
    private static TestClientCertificate second;

    private final AtomicLong nanos = new AtomicLong();
    private final TestAuthorizationServer as = TestAuthorizationServer.startMutualTls(Clock.systemUTC());
    private final Deque<AutoCloseable> opened = new ArrayDeque<>(List.of(as));

    @BeforeAll
    static void make() throws Exception {
        first = TestClientCertificate.create(folder, "first");
        second = TestClientCertificate.create(folder, "second");
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    private Path passwordFile() throws Exception {
        return Files.writeString(folder.resolve("password"), TestClientCertificate.PASSWORD + "\n");
    }

    private JdkHttpTransport with(@Nullable Path keyStore, @Nullable Path password) {
        HttpSettings settings = new HttpSettings(
                false,
                TestAuthorizationServer.trustStore(),
                new Secret(TestAuthorizationServer.trustStorePassword()),
                keyStore,
                password,
                null,
                null);
        JdkHttpTransport transport = new JdkHttpTransport(settings, Duration.ofSeconds(10), nanos::get);
        opened.push(transport);
        return transport;
    }

    private @Nullable X509Certificate shown(JdkHttpTransport transport) throws Exception {
        URI uri = URI.create(as.url(Endpoint.JWKS));
        assertThat(transport
                        .send(HttpCall.get(uri, "application/json", Duration.ofSeconds(20), 10_000))
                        .status())
                .isEqualTo(200);
        List<ReceivedRequest> requests = as.requests();
        return requests.get(requests.size() - 1).clientCertificate();
    }

    /** The server of the test names no authorities, and ours is self-signed. */
    @Test
    @Tag("I03")
    void isShownFromPkcs12AndFromPemAndOnlyIfItIsConfigured() throws Exception {
        assertThat(shown(with(first.keyStore(), passwordFile()))).isEqualTo(first.certificate());
        assertThat(shown(with(first.pemFile(), null))).isEqualTo(first.certificate());
        assertThat(shown(with(null, null))).isNull();
    }

    @Test
    @Tag("N21")
    void isReplacedWithItsFileAndTheOldOneStaysUntilThen() throws Exception {
        Path file = Files.copy(first.keyStore(), folder.resolve("current.p12"), StandardCopyOption.REPLACE_EXISTING);
        JdkHttpTransport transport = with(file, passwordFile());
        assertThat(shown(transport)).isEqualTo(first.certificate());

        Files.writeString(file, "half written");
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(shown(transport)).isEqualTo(first.certificate());

        Files.copy(second.keyStore(), file, StandardCopyOption.REPLACE_EXISTING);
        assertThat(shown(transport)).as("looked at once a second").isEqualTo(first.certificate());
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(shown(transport)).isEqualTo(second.certificate());
        assertThat(shown(transport)).isEqualTo(second.certificate());
    }

    @Test
    void startsWithNoKeyStoreThatItCannotUse() throws Exception {
        with(first.keyStore(), passwordFile());
        assertUnusable(first.keyStore(), Files.writeString(folder.resolve("wrong"), "wrong"));
        assertUnusable(first.keyStore(), null);
        assertUnusable(TestAuthorizationServer.trustStore(), passwordFile());
        assertUnusable(folder.resolve("nothing"), passwordFile());
        assertUnusable(
                Files.writeString(
                        folder.resolve("no-key.pem"), first.pem().replaceFirst("(?s)-----BEGIN PRIVATE.*", "")),
                null);
        assertUnusable(
                Files.writeString(
                        folder.resolve("no-certificate.pem"),
                        first.pem().replaceFirst("(?s)^.*(?=-----BEGIN PRIVATE)", "")),
                null);
        String ofSecond = second.pem().replaceFirst("(?s)^.*(?=-----BEGIN PRIVATE)", "");
        String mixed = first.pem().replaceFirst("(?s)-----BEGIN PRIVATE.*", "") + ofSecond;
        assertUnusable(Files.writeString(folder.resolve("mixed.pem"), mixed), null);
        assertUnusable(withBoth(), passwordFile());
    }

    private static Path withBoth() throws Exception {
        char[] password = TestClientCertificate.PASSWORD.toCharArray();
        KeyStore both = KeyStore.getInstance(first.keyStore().toFile(), password);
        KeyStore other = KeyStore.getInstance(second.keyStore().toFile(), password);
        both.setKeyEntry("other", other.getKey("as", password), password, other.getCertificateChain("as"));
        Path file = folder.resolve("both.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            both.store(out, password);
        }
        return file;
    }

    private void assertUnusable(Path keyStore, @Nullable Path password) {
        assertThatThrownBy(() -> with(keyStore, password))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cardea.http.key-store")
                .hasMessageNotContaining("wrong");
    }
}
