package dev.cardea.clientauth;

import dev.cardea.config.ClientSettings;
import dev.cardea.config.Secret;
import dev.cardea.discovery.Endpoint;
import dev.cardea.file.UnusableFileException;
import dev.cardea.file.WatchedFile;
import dev.cardea.http.HttpTransport;
import dev.cardea.jose.SigningKey;
import dev.cardea.log.RateLimitedLog;
import dev.cardea.reject.SettingNames;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Makes the {@link ClientAuthentication} that is configured. */
public final class ClientAuthentications {
    private static final int MAX_SECRET_BYTES = 64 * 1024;

    private final ClientSettings client;
    private final SettingNames names;
    private final @Nullable String issuer;
    private final HttpTransport transport;
    private final Clock clock;
    private final LongSupplier nanoTime;

    private ClientAuthentications(
            ClientSettings client,
            SettingNames names,
            @Nullable String issuer,
            HttpTransport transport,
            Clock clock,
            LongSupplier nanoTime) {
        this.client = client;
        this.names = names;
        this.issuer = issuer;
        this.transport = transport;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /**
     * Reads the files that the settings name.
     *
     * @param names what the settings are called
     * @param issuer whose endpoint it is, or null if that is not known
     * @param tokenEndpoint where {@code bearer} gets its token
     * @param transport shows the certificate, for methods of TLS
     * @param nanoTime a monotonic time in nanoseconds
     * @throws IllegalArgumentException if a file cannot be used; its message names the setting
     */
    public static ClientAuthentication of(
            ClientSettings client,
            SettingNames names,
            @Nullable String issuer,
            Endpoint tokenEndpoint,
            HttpTransport transport,
            Clock clock,
            LongSupplier nanoTime) {
        return new ClientAuthentications(client, names, issuer, transport, clock, nanoTime).of(tokenEndpoint);
    }

    private ClientAuthentication of(Endpoint tokenEndpoint) {
        String id = client.clientId();
        return switch (client.method()) {
            case CLIENT_SECRET_BASIC -> rotating(secrets(), new ClientSecretBasic(id));
            case CLIENT_SECRET_POST -> rotating(secrets(), new ClientSecretPost(id));
            case CLIENT_SECRET_JWT -> rotating(signingSecrets(), assertion());
            case PRIVATE_KEY_JWT -> rotating(keys(), assertion());
            case TLS_CLIENT_AUTH, SELF_SIGNED_TLS_CLIENT_AUTH -> new TlsClient(transport, id);
            case BEARER ->
                new BearerAuthentication(
                        transport,
                        new ClientCredentials(
                                client.key() == null
                                        ? rotating(secrets(), new ClientSecretBasic(id))
                                        : rotating(keys(), assertion()),
                                tokenEndpoint,
                                client.tokenScope(),
                                names),
                        nanoTime);
        };
    }

    private <C> ClientAuthentication rotating(Rotation<C> rotation, Presentation<? super C> presentation) {
        return new RotatingAuthentication<>(transport, rotation, presentation, names, nanoTime, log());
    }

    private ClientAssertion assertion() {
        String stated = client.assertionAudience();
        String fixed = stated == null ? issuer : stated;
        Function<URI, String> audience = fixed == null ? URI::toString : endpoint -> fixed;
        return new ClientAssertion(client.clientId(), audience, clock);
    }

    private Rotation<Secret> secrets() {
        return ofSecret(Secret::ofFile, secret -> secret);
    }

    private Rotation<SigningKey> signingSecrets() {
        return ofSecret(content -> signing(Secret.ofFile(content)), secret -> {
            try {
                return signing(secret);
            } catch (UnusableFileException e) {
                throw new IllegalArgumentException(names.of("introspection.client-secret") + " " + e.what(), e);
            }
        });
    }

    private static SigningKey signing(Secret secret) throws UnusableFileException {
        return SigningKey.ofSecret(secret.reveal().getBytes(StandardCharsets.UTF_8));
    }

    private <C> Rotation<C> ofSecret(WatchedFile.Reading<C> fromFile, Function<Secret, C> fromSetting) {
        Path file = client.secretFile();
        return file == null
                ? Rotation.of(fromSetting.apply(client.secretNow()), nanoTime)
                : watched(file, "introspection.client-secret-file", MAX_SECRET_BYTES, fromFile);
    }

    private Rotation<SigningKey> keys() {
        Path file = client.key();
        if (file == null) {
            throw new IllegalStateException(client.method() + " without a key");
        }
        return watched(file, "introspection.key", SigningKey.MAX_SIZE, SigningKey::read);
    }

    private <C> Rotation<C> watched(Path file, String setting, int maxBytes, WatchedFile.Reading<C> reading) {
        String name = names.of(setting);
        try {
            return Rotation.of(
                    new WatchedFile<>(file, name, maxBytes, reading, nanoTime, log()),
                    client.secretOverlap(),
                    nanoTime);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    name + ": names a file that cannot be read (" + e.getClass().getSimpleName() + ")", e);
        } catch (UnusableFileException e) {
            throw new IllegalArgumentException(name + ": names a file that " + e.what(), e);
        }
    }

    private RateLimitedLog log() {
        return new RateLimitedLog(System.getLogger("dev.cardea.introspection"), nanoTime);
    }
}
