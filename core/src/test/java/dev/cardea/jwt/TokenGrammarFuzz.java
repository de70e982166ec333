package dev.cardea.jwt;

import dev.cardea.fuzz.Oracle;
import dev.cardea.jwe.DecryptionKeys;
import dev.cardea.jwe.UnusableKeysException;
import dev.cardea.reject.RejectedException;
import dev.cardea.request.Credentials;
import dev.cardea.request.CredentialsExtractor;
import dev.cardea.testkit.TestEncryptionKey;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Whatever stands behind {@code Bearer}: it is refused in one of the ways there are, or taken apart, and then it has one
 * spelling only; or it is encrypted, and opened if it was encrypted to our keys. A fuzz target; {@code docs/how-to/fuzzing.md} says how it runs.
 */
public final class TokenGrammarFuzz {
    private static final int MAX_LENGTH = 8192;
    private static final CredentialsExtractor EXTRACTOR = new CredentialsExtractor(MAX_LENGTH, null);
    private static final DecryptionKeys KEYS = keys();
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private TokenGrammarFuzz() {}

    /**
     * An input that begins with {@code e} is three parts with zero bytes between them, which are encoded first: bytes
     * that happen to be base64url of JSON are rare. Any other is the credentials as they stand.
     */
    public static void fuzzerTestOneInput(byte[] input) {
        String text =
                input.length > 0 && input[0] == 'e' ? encoded(input) : new String(input, StandardCharsets.ISO_8859_1);
        try {
            Credentials credentials = EXTRACTOR.extract(List.of("Bearer " + text), null);
            if (credentials instanceof Credentials.Presented presented
                    && DecryptionKeys.isEncrypted(presented.token())) {
                byte[] inside = KEYS.open(presented.token());
                Oracle.require(
                        CompactJwt.isJwt(presented.token()) && inside.length < MAX_LENGTH, "what opens is a JWT");
            } else if (credentials instanceof Credentials.Presented presented) {
                boolean jwt = CompactJwt.isJwt(presented.token());
                CompactJwt parsed = CompactJwt.parse(presented.token());
                Oracle.require(jwt, "what parses is a JWT");
                requireOneSpelling(presented.token().text(), parsed);
            }
        } catch (RejectedException e) {
            Oracle.requireClean(e, text);
        }
    }

    /** The same keys in every run, for tokens that an earlier one encrypted to them. */
    public static List<TestEncryptionKey> encryptionKeys() {
        return List.of(
                new TestEncryptionKey("rsa", "RSA-OAEP-256", pair("RSA", 2048)),
                new TestEncryptionKey("ec", "ECDH-ES+A256KW", pair("EC", 256)),
                new TestEncryptionKey("direct", "ECDH-ES", pair("EC", 384)));
    }

    private static KeyPair pair(String type, int bits) {
        try {
            SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
            random.setSeed(bits);
            KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
            generator.initialize(bits, random);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static DecryptionKeys keys() {
        String set = encryptionKeys().stream()
                .map(TestEncryptionKey::privateJson)
                .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
        try {
            return DecryptionKeys.read(set.getBytes(StandardCharsets.US_ASCII));
        } catch (UnusableKeysException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void requireOneSpelling(String token, CompactJwt parsed) {
        String[] segments = token.split("\\.", -1);
        Oracle.require(segments.length == 3, "three segments");
        for (String segment : segments) {
            byte[] decoded = Base64.getUrlDecoder().decode(segment);
            Oracle.require(ENCODER.encodeToString(decoded).equals(segment), "a canonical segment");
        }
        String again = new String(parsed.signingInput(), StandardCharsets.US_ASCII)
                + '.'
                + ENCODER.encodeToString(parsed.signature());
        Oracle.require(again.equals(token), "the same text again");
        Oracle.require(parsed.keyId() == null || parsed.keyId().length() <= 256, "a short kid");
        Oracle.require(parsed.toString().length() < 40, "nothing of the token");
    }

    private static String encoded(byte[] input) {
        StringBuilder text = new StringBuilder();
        int start = 1;
        for (int i = 1; i <= input.length; i++) {
            if (i == input.length || input[i] == 0) {
                text.append(text.length() == 0 ? "" : ".");
                text.append(ENCODER.encodeToString(Arrays.copyOfRange(input, start, i)));
                start = i + 1;
            }
        }
        return text.toString();
    }
}
