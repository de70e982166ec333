package dev.cardea;

import dev.cardea.certificate.ClientCertificates;
import dev.cardea.certificate.HeaderFormat;
import dev.cardea.config.BindingMode;
import dev.cardea.config.CertificateSettings;
import dev.cardea.config.Configuration;
import dev.cardea.config.DpopSettings;
import dev.cardea.config.Secret;
import dev.cardea.confirmation.SenderConstraints;
import dev.cardea.demand.SenderConstraint;
import dev.cardea.dpop.MemoryReplayStore;
import dev.cardea.dpop.NonceSecrets;
import dev.cardea.dpop.Nonces;
import dev.cardea.dpop.ProofKeys;
import dev.cardea.dpop.ProofVerifier;
import dev.cardea.file.UnusableFileException;
import dev.cardea.file.WatchedFile;
import dev.cardea.jose.CryptoProvider;
import dev.cardea.log.RateLimitedLog;
import dev.cardea.request.TargetUris;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Puts together what checks the senders of tokens (RFC 9449, RFC 8705). For one thread; builds once. */
final class SenderChecks {
    private final Configuration configuration;
    private final CryptoProvider crypto;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Consumer<AutoCloseable> closeables;
    private @Nullable MemoryReplayStore marks;

    SenderChecks(
            Configuration configuration,
            CryptoProvider crypto,
            Clock clock,
            LongSupplier nanoTime,
            Consumer<AutoCloseable> closeables) {
        this.configuration = configuration;
        this.crypto = crypto;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.closeables = closeables;
    }

    SenderConstraints constraints() {
        return new SenderConstraints(
                proofs(configuration.dpop()),
                certificates(configuration.certificates()),
                new TargetUris(
                        configuration.incoming().externalUrl(),
                        configuration.incoming().trustedProxies()));
    }

    /** Where used proofs are remembered; null if none is checked. */
    @Nullable
    MemoryReplayStore marks() {
        return marks;
    }

    /** The algorithms that challenges offer; empty if the scheme DPoP is not offered. */
    List<String> proofAlgorithms() {
        DpopSettings dpop = configuration.dpop();
        return dpop.mode() == BindingMode.OFF ? List.of() : dpop.algorithms();
    }

    boolean takesCertificates() {
        return configuration.certificates().mode() != BindingMode.OFF;
    }

    /** What is asked of every token where no path rule says otherwise. */
    Set<SenderConstraint> general() {
        Set<SenderConstraint> general = EnumSet.noneOf(SenderConstraint.class);
        if (configuration.dpop().mode() == BindingMode.REQUIRED) {
            general.add(SenderConstraint.DPOP);
        }
        if (configuration.certificates().mode() == BindingMode.REQUIRED) {
            general.add(SenderConstraint.CERTIFICATE);
        }
        return general;
    }

    private @Nullable ProofVerifier proofs(DpopSettings settings) {
        if (settings.mode() == BindingMode.OFF) {
            return null;
        }
        ProofKeys keys = new ProofKeys(settings.algorithms(), crypto);
        closeables.accept(keys);
        MemoryReplayStore store = new MemoryReplayStore(settings.maxMarks(), clock, nanoTime);
        marks = store;
        return new ProofVerifier(
                settings, keys, new Nonces(secrets(settings), settings.nonceTtl(), clock), store, clock);
    }

    private Supplier<List<byte[]>> secrets(DpopSettings settings) {
        Path file = settings.nonceSecretFile();
        Secret secret = settings.nonceSecret();
        try {
            if (file != null) {
                return new WatchedFile<>(
                        file,
                        "cardea.dpop.nonce-secret-file",
                        NonceSecrets.MAX_FILE_BYTES,
                        NonceSecrets::inFile,
                        nanoTime,
                        log("dev.cardea.dpop"))::value;
            }
            if (secret != null) {
                List<byte[]> secrets = NonceSecrets.inText(secret.reveal());
                return () -> secrets;
            }
        } catch (IOException | UnusableFileException e) {
            // The reader of the configuration has read it a moment ago.
            throw new IllegalStateException(
                    "the secrets for nonces cannot be read (cardea.dpop.nonce-secret, -file): " + e.getMessage());
        }
        return NonceSecrets.random();
    }

    private @Nullable ClientCertificates certificates(CertificateSettings settings) {
        if (settings.mode() == BindingMode.OFF) {
            return null;
        }
        String format = settings.headerFormat();
        return new ClientCertificates(
                format == null ? null : HeaderFormat.named(format),
                settings.header(),
                configuration.incoming().trustedProxies(),
                log("dev.cardea.certificate"));
    }

    private RateLimitedLog log(String name) {
        return new RateLimitedLog(System.getLogger(name), nanoTime);
    }
}
