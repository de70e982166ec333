package dev.cardea.fuzz;

import dev.cardea.certificate.CertificateFieldFuzz;
import dev.cardea.dpop.ProofFuzz;
import dev.cardea.jwt.KeySetFuzz;
import dev.cardea.jwt.TokenGrammarFuzz;
import dev.cardea.request.TargetUriFuzz;
import dev.cardea.testkit.AccessTokens;
import dev.cardea.testkit.Answer;
import dev.cardea.testkit.EncryptionFault;
import dev.cardea.testkit.JwksFault;
import dev.cardea.testkit.TestEncryptionKey;
import dev.cardea.testkit.TestKeys;
import dev.cardea.testkit.TokenEncryption;
import dev.cardea.testkit.TokenFault;
import dev.cardea.testkit.TokenVariant;
import dev.cardea.token.ClaimsFuzz;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The fuzz targets, each with what it starts from: inputs that an earlier run found, a line of base64 each in
 * {@code <name>.txt} beside this class, and what the test kit makes.
 */
public enum Seeds {
    TOKEN_GRAMMAR(TokenGrammarFuzz.class, TokenGrammarFuzz::fuzzerTestOneInput) {
        @Override
        List<byte[]> made() {
            List<byte[]> seeds = new ArrayList<>();
            tokens().forEach(token -> {
                seeds.add(token.getBytes(StandardCharsets.UTF_8));
                seeds.add(decoded(token));
            });
            for (TestEncryptionKey key : TokenGrammarFuzz.encryptionKeys()) {
                for (EncryptionFault fault : EncryptionFault.values()) {
                    if (fault.fits(key)) {
                        seeds.add(
                                TokenEncryption.to(key).encrypt(valid(), fault).getBytes(StandardCharsets.UTF_8));
                    }
                }
                for (String encryption : List.of("A128GCM", "A256CBC-HS512")) {
                    seeds.add(TokenEncryption.to(key)
                            .with(encryption)
                            .encrypt("{}")
                            .getBytes(StandardCharsets.UTF_8));
                }
            }
            return seeds;
        }
    },
    CLAIMS(ClaimsFuzz.class, ClaimsFuzz::fuzzerTestOneInput) {
        @Override
        List<byte[]> made() {
            return tokens().map(token -> token.split("\\.", -1))
                    .filter(segments -> segments.length > 1)
                    .map(segments -> bytes(segments[1]))
                    .toList();
        }
    },
    KEY_SET(KeySetFuzz.class, KeySetFuzz::fuzzerTestOneInput) {
        @Override
        List<byte[]> made() {
            String good = TestKeys.jwks(TestKeys.rsa(), TestKeys.ec(), TestKeys.ed25519());
            return Stream.concat(
                            Stream.of(good),
                            Stream.of(JwksFault.values())
                                    .filter(fault -> fault != JwksFault.FIVE_THOUSAND_KEYS)
                                    .map(fault -> new String(
                                            fault.applyTo(Answer.json(good)).body(), StandardCharsets.UTF_8)))
                    .map(document -> document.getBytes(StandardCharsets.UTF_8))
                    .toList();
        }
    },
    TARGET_URI(TargetUriFuzz.class, TargetUriFuzz::fuzzerTestOneInput) {
        @Override
        List<byte[]> made() {
            return TargetUriFuzz.seeds().stream()
                    .map(seed -> seed.getBytes(StandardCharsets.ISO_8859_1))
                    .toList();
        }
    },
    PROOF(ProofFuzz.class, ProofFuzz::fuzzerTestOneInput) {
        @Override
        List<byte[]> made() {
            return ProofFuzz.seeds().stream()
                    .map(seed -> seed.getBytes(StandardCharsets.ISO_8859_1))
                    .toList();
        }
    },
    CERTIFICATE_FIELD(CertificateFieldFuzz.class, CertificateFieldFuzz::fuzzerTestOneInput) {
        @Override
        List<byte[]> made() {
            return CertificateFieldFuzz.seeds().stream()
                    .map(seed -> seed.getBytes(StandardCharsets.ISO_8859_1))
                    .toList();
        }
    };

    private final Class<?> type;
    private final Consumer<byte[]> target;

    Seeds(Class<?> type, Consumer<byte[]> target) {
        this.type = type;
        this.target = target;
    }

    /** How its files are called. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The class with {@code fuzzerTestOneInput}. */
    String targetClass() {
        return type.getName();
    }

    /** Runs the target as the fuzzer does. */
    void run(byte[] input) {
        target.accept(input);
    }

    /** What the test kit makes, valid or with one fault. */
    abstract List<byte[]> made();

    /** What the fuzzer found: inputs of which each takes a way through the code that the others do not. */
    List<byte[]> found() throws IOException {
        try (InputStream lines = Seeds.class.getResourceAsStream(word() + ".txt")) {
            return new String(lines.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .map(Base64.getDecoder()::decode)
                    .toList();
        }
    }

    List<byte[]> all() throws IOException {
        return Stream.concat(made().stream(), found().stream()).toList();
    }

    private static AccessTokens valid() {
        return AccessTokens.of(
                "https://as.example", "https://api.example", Clock.fixed(ClaimsFuzz.NOW, ZoneOffset.UTC));
    }

    private static Stream<String> tokens() {
        AccessTokens valid = valid();
        return Stream.concat(
                Stream.of(valid.build()),
                Stream.concat(
                        Arrays.stream(TokenVariant.values()).map(valid::build),
                        Arrays.stream(TokenFault.values()).map(valid::build)));
    }

    /** As {@link TokenGrammarFuzz} encodes it again. */
    private static byte[] decoded(String token) {
        byte[][] parts = Arrays.stream(token.split("\\.", -1)).map(Seeds::bytes).toArray(byte[][]::new);
        byte[] all = {'e'};
        for (int i = 0; i < parts.length; i++) {
            int at = all.length + (i == 0 ? 0 : 1);
            all = Arrays.copyOf(all, at + parts[i].length);
            System.arraycopy(parts[i], 0, all, at, parts[i].length);
        }
        return all;
    }

    private static byte[] bytes(String segment) {
        try {
            return Base64.getUrlDecoder().decode(segment);
        } catch (IllegalArgumentException e) {
            return segment.getBytes(StandardCharsets.UTF_8);
        }
    }
}
