package dev.cardea.config;

import dev.cardea.demand.NonceUse;
import dev.cardea.jose.SignatureAlgorithm;
import dev.cardea.reject.Quoted;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@link DpopSettings} and {@link CertificateSettings}. For one thread. */
final class SenderReader {
    private static final int MIN_SECRET = 32;

    private final Values values;
    private final SettingFiles files;

    SenderReader(Values values, SettingFiles files) {
        this.values = values;
        this.files = files;
    }

    DpopSettings dpop() {
        return new DpopSettings(
                BindingMode.named(values.choice(Key.DPOP_MODE)),
                algorithms(),
                values.count(Key.DPOP_PROOF_MAX_LENGTH),
                values.duration(Key.DPOP_PROOF_MAX_AGE),
                values.duration(Key.DPOP_CLOCK_SKEW),
                NonceUse.named(values.choice(Key.DPOP_NONCE)),
                values.duration(Key.DPOP_NONCE_TTL),
                nonceSecret(),
                nonceSecretFile(),
                values.count(Key.DPOP_REPLAY_MAX_ENTRIES));
    }

    private List<String> algorithms() {
        List<String> names = values.list(Key.DPOP_ALGORITHMS);
        if (names == null || names.isEmpty()) {
            values.report(Key.DPOP_ALGORITHMS, "lists nothing, so no proof could be accepted", "for instance ES256");
            return List.of();
        }
        for (String name : names) {
            if (SignatureAlgorithm.named(name) == null) {
                values.report(
                        Key.DPOP_ALGORITHMS,
                        Quoted.of(name) + " is no asymmetric signature algorithm that proofs can have",
                        "of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA, Ed25519");
            }
        }
        return List.copyOf(new LinkedHashSet<>(names));
    }

    private @Nullable Secret nonceSecret() {
        if (values.isSet(Key.DPOP_NONCE_SECRET) && values.isSet(Key.DPOP_NONCE_SECRET_FILE)) {
            values.report(
                    Key.DPOP_NONCE_SECRET, "is set, and so is " + Key.DPOP_NONCE_SECRET_FILE.key(), "only one of them");
            return null;
        }
        Secret secret = values.isSet(Key.DPOP_NONCE_SECRET) ? values.secret(Key.DPOP_NONCE_SECRET) : null;
        requireLongEnough(Key.DPOP_NONCE_SECRET, secret);
        return secret;
    }

    private @Nullable Path nonceSecretFile() {
        if (!values.isSet(Key.DPOP_NONCE_SECRET_FILE)) {
            return null;
        }
        requireLongEnough(Key.DPOP_NONCE_SECRET_FILE, files.secret(Key.DPOP_NONCE_SECRET_FILE));
        return values.path(Key.DPOP_NONCE_SECRET_FILE);
    }

    /** Whoever can guess it can make nonces, and with them proofs in advance. */
    private void requireLongEnough(Setting key, @Nullable Secret secret) {
        if (secret != null
                && Arrays.stream(secret.reveal().strip().split("\\s+", -1))
                        .anyMatch(each -> each.length() < MIN_SECRET)) {
            values.report(
                    key,
                    "has a secret of fewer than " + MIN_SECRET + " characters",
                    "secrets of at least " + MIN_SECRET
                            + " random characters, the newest first, with white space between them");
        }
    }

    /** @param trusted whether there are trusted proxies at all */
    CertificateSettings certificates(boolean trusted) {
        String format = values.optionalChoice(Key.CERTIFICATE_HEADER_FORMAT);
        if (values.isSet(Key.CERTIFICATE_HEADER_FORMAT) && !trusted && !values.isSet(Key.PROXY_TRUSTED)) {
            values.report(
                    Key.CERTIFICATE_HEADER_FORMAT,
                    "is set, but " + Key.PROXY_TRUSTED.key() + " is not: nobody's header would count",
                    "nothing, or set " + Key.PROXY_TRUSTED.key()
                            + " to the addresses of the proxies that set the header");
        }
        return new CertificateSettings(BindingMode.named(values.choice(Key.CERTIFICATE_MODE)), format, header(format));
    }

    private @Nullable String header(@Nullable String format) {
        String name = values.text(Key.CERTIFICATE_HEADER);
        if (name != null && format == null && !values.isSet(Key.CERTIFICATE_HEADER_FORMAT)) {
            values.report(
                    Key.CERTIFICATE_HEADER,
                    "is set, but " + Key.CERTIFICATE_HEADER_FORMAT.key() + " is not",
                    "nothing, or say in which format the certificate is there");
        }
        if (name != null && !name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}")) {
            values.report(Key.CERTIFICATE_HEADER, Quoted.of(name) + " is not a header's name", "a header name");
        }
        return name;
    }
}
