package dev.cardea.jose;

import dev.cardea.json.BoundedJson;
import dev.cardea.json.JsonLimits;
import dev.cardea.json.JsonObject;
import dev.cardea.json.MalformedJsonException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a provider has to say to signatures whose answers are known, before anything is entrusted to it: one good signature
 * of each algorithm, its other spellings, and what has passed for one elsewhere.
 *
 * <p>Proves that the provider works on this machine and has none of these faults. Not that it has no other.
 */
final class KnownAnswers {
    private static final int MAX_SIZE = 16_384;
    /** RFC 8032 5.1: the order of the base point. */
    private static final BigInteger ED25519_ORDER =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    /** ECDSA with r and s of zero, which verified everything under CVE-2022-21449. */
    private static final byte[] ZEROS = {0x30, 6, 2, 1, 0, 2, 1, 0};

    private final JsonObject file;
    private final byte[] input;

    private KnownAnswers(JsonObject file) {
        this.file = file;
        this.input = text(file, "input").getBytes(StandardCharsets.US_ASCII);
    }

    static KnownAnswers read() {
        try (InputStream stream = KnownAnswers.class.getResourceAsStream("known-answers.json")) {
            byte[] bytes = Objects.requireNonNull(stream, "known-answers.json").readNBytes(MAX_SIZE);
            return new KnownAnswers(BoundedJson.readObject(bytes, JsonLimits.ofBytes(MAX_SIZE)));
        } catch (IOException | MalformedJsonException e) {
            throw new IllegalStateException("known-answers.json cannot be read", e);
        }
    }

    /** The first wrong answer of {@code provider}, or null if there is none. Goes on from "its ES256 ...". */
    @Nullable
    String faultOf(Provider provider, SignatureAlgorithm algorithm) {
        try {
            return new Trial(provider, algorithm).fault();
        } catch (GeneralSecurityException | RuntimeException | LinkageError e) {
            return "fails: " + e;
        }
    }

    private PublicKey key(String group, String name) {
        try {
            return JwkReader.readFromRequest(object(object(file, group), name), CryptoProvider.ofPlatform())
                    .publicKey();
        } catch (UnusableJwkException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonObject object(JsonObject parent, String name) {
        return (JsonObject) Objects.requireNonNull(parent.get(name), name);
    }

    private static String text(JsonObject parent, String name) {
        return (String) Objects.requireNonNull(parent.get(name), name);
    }

    private final class Trial {
        private final Provider provider;
        private final SignatureAlgorithm algorithm;
        private final PublicKey publicKey;
        private final VerificationKey key;
        private final VerificationKey other;
        private final byte[] good;

        Trial(Provider provider, SignatureAlgorithm algorithm) {
            this.provider = provider;
            this.algorithm = algorithm;
            JsonObject answer = object(object(file, "answers"), algorithm.standardName());
            this.publicKey = key("keys", text(answer, "key"));
            this.key = tried(publicKey);
            this.other = tried(key("others", text(answer, "key")));
            this.good = Base64.getUrlDecoder().decode(text(answer, "signature"));
        }

        /** As it will be used, verifiers that are used again included. */
        private VerificationKey tried(PublicKey of) {
            return new VerificationKey(
                    null, of, Set.of(algorithm.standardName()), CryptoProvider.onTrial(provider, algorithm));
        }

        @Nullable
        String fault() throws GeneralSecurityException {
            byte[] otherInput = input.clone();
            otherInput[0] ^= 1;
            if (!verifies(good)) {
                return "refuses a good signature";
            }
            if (verifies(flipped(0)) || verifies(flipped(good.length / 2 + 1)) || verifies(flipped(good.length - 1))) {
                return "accepts a signature with a flipped bit";
            }
            if (key.verifies(algorithm, good, otherInput)) {
                return "accepts the signature of another text";
            }
            if (other.verifies(algorithm, good, input)) {
                return "accepts the signature of another key";
            }
            if (verifies(filled(0)) || verifies(filled(0xFF))) {
                return "accepts what is no signature";
            }
            String fault = publicKey instanceof ECPublicKey ec ? faultWithPairs(ec) : faultWithSpellings();
            return fault != null || verifies(good) ? fault : "refuses a good signature after bad ones";
        }

        /** Our own check of the form stands before these: here the provider is asked itself. */
        private @Nullable String faultWithPairs(ECPublicKey ec) throws GeneralSecurityException {
            if (verifiesAsItIs(ZEROS)) {
                return "accepts a signature of zeros (CVE-2022-21449)";
            }
            int half = good.length / 2;
            BigInteger s = new BigInteger(1, good, half, half);
            byte[] otherForm = withSecond(ec.getParams().getOrder().subtract(s), half);
            return verifies(otherForm) ? null : "refuses the other form of a good signature";
        }

        private boolean verifiesAsItIs(byte[] der) throws GeneralSecurityException {
            Signature verifier = algorithm.verifier(new ProviderKey(publicKey).at(provider), provider);
            try {
                verifier.update(input);
                return verifier.verify(der);
            } catch (SignatureException | RuntimeException e) {
                return false;
            }
        }

        /** RFC 8032 5.1.7: S below the order, or one signature has two spellings. */
        private @Nullable String faultWithSpellings() throws GeneralSecurityException {
            if (algorithm.isRsa()) {
                return null;
            }
            byte[] reversed = new byte[32];
            for (int i = 0; i < reversed.length; i++) {
                reversed[i] = good[63 - i];
            }
            byte[] above = new BigInteger(1, reversed).add(ED25519_ORDER).toByteArray();
            byte[] spelling = good.clone();
            for (int i = 0; i < reversed.length; i++) {
                int digit = above.length - 1 - i;
                spelling[32 + i] = digit < 0 ? 0 : above[digit];
            }
            return verifies(spelling) ? "accepts another spelling of a signature" : null;
        }

        private boolean verifies(byte[] signature) throws GeneralSecurityException {
            return key.verifies(algorithm, signature, input);
        }

        private byte[] flipped(int index) {
            byte[] signature = good.clone();
            signature[index] ^= 1;
            return signature;
        }

        private byte[] filled(int value) {
            byte[] signature = new byte[good.length];
            Arrays.fill(signature, (byte) value);
            return signature;
        }

        private byte[] withSecond(BigInteger s, int half) {
            byte[] signature = Arrays.copyOf(Arrays.copyOf(good, half), good.length);
            byte[] number = s.toByteArray();
            int digits = Math.min(number.length, half);
            System.arraycopy(number, number.length - digits, signature, good.length - digits, digits);
            return signature;
        }
    }
}
