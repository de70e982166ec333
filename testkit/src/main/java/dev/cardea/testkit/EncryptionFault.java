package dev.cardea.testkit;

import dev.cardea.testkit.TokenEncryption.Parts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Everything that can be wrong with an encrypted access token, one thing at a time, beside what can be wrong with the
 * signed one inside ({@link TokenFault}). Each one is 401 {@code invalid_token}. Long because it is a catalogue.
 */
public enum EncryptionFault {
    // What is inside
    PLAIN_CLAIMS("the claims without a signature", (to, valid) -> to.encrypt(valid.claimsJson()), "T11", "W05"),
    PLAIN_CLAIMS_WITHOUT_CTY(
            "the claims without a signature, and a header that says so",
            (to, valid) -> to.withoutHeader("cty").encrypt(valid.claimsJson()),
            "T11"),
    UNSIGNED("a JWT with alg none", (to, valid) -> to.encrypt(valid.build(TokenFault.ALG_NONE)), "T11", "W05", "T04"),
    UNSIGNED_WITH_SIGNATURE(
            "a JWT with alg none that has a signature",
            (to, valid) -> to.encrypt(valid.build(TokenFault.ALG_NONE_WITH_SIGNATURE)),
            "T11",
            "W05"),
    FOREIGN_SIGNATURE(
            "a JWT that somebody else signed",
            (to, valid) -> to.encrypt(valid.build(TokenFault.FOREIGN_KEY)),
            "T11",
            "W05"),
    ENCRYPTED_TWICE("an encrypted token", (to, valid) -> to.encrypt(to.encrypt(valid.build())), "T11", "W06"),
    TOO_FEW_SEGMENTS_INSIDE(
            "a JWT without its signature segment",
            (to, valid) -> to.encrypt(valid.build(TokenFault.SIGNATURE_SEGMENT_MISSING)),
            "T11"),
    RESPELLED_INSIDE(
            "a JWT with padding", (to, valid) -> to.encrypt(valid.build(TokenFault.EQUALS_IN_SIGNATURE)), "T11", "W17"),
    NEWLINE_INSIDE("a JWT with a newline at its end", (to, valid) -> to.encrypt(valid.build() + "\n"), "T11", "W17"),
    EMPTY("nothing", (to, valid) -> to.encrypt(""), "T11"),
    CTY_MISSING("no cty", (to, valid) -> to.withoutHeader("cty").encrypt(valid.build()), "T11"),
    CTY_OF_SOMETHING_ELSE("another cty", (to, valid) -> to.header("cty", "json").encrypt(valid.build()), "T11"),
    CTY_ARRAY("cty an array", (to, valid) -> to.header("cty", List.of("JWT")).encrypt(valid.build()), "T11"),

    // Changed on the way
    TAMPERED_HEADER(
            "one member more in the header, the old tag",
            changed(parts -> {
                String json = new String(Base64Url.decode(parts.header()), StandardCharsets.UTF_8);
                String more = "{\"x\":\"y\"," + json.substring(1);
                return new Parts(
                        Base64Url.encode(more), parts.encryptedKey(), parts.vector(), parts.ciphertext(), parts.tag());
            }),
            "W05"),
    TAMPERED_VECTOR(
            "one bit of the initialization vector turned",
            changed(parts -> new Parts(
                    parts.header(),
                    parts.encryptedKey(),
                    Breaks.flipBit(parts.vector()),
                    parts.ciphertext(),
                    parts.tag())),
            "W05"),
    TAMPERED_CIPHERTEXT(
            "one bit of the ciphertext turned",
            changed(parts -> new Parts(
                    parts.header(),
                    parts.encryptedKey(),
                    parts.vector(),
                    Breaks.flipBit(parts.ciphertext()),
                    parts.tag())),
            "W05"),
    TAMPERED_TAG("one bit of the tag turned", changed(parts -> withTag(parts, Breaks.flipBit(parts.tag()))), "W05"),
    TRUNCATED_TAG(
            "a tag of four bytes, right as far as it goes",
            changed(parts -> withTag(parts, Arrays.copyOf(parts.tag(), 4))),
            "W05"),
    LENGTHENED_TAG(
            "a zero byte behind the tag",
            changed(parts -> withTag(parts, Arrays.copyOf(parts.tag(), parts.tag().length + 1))),
            "W05"),
    TAMPERED_KEY(
            "one bit of the encrypted key turned, or one where none should be",
            changed(parts -> withKey(
                    parts, parts.encryptedKey().length == 0 ? new byte[1] : Breaks.flipBit(parts.encryptedKey()))),
            "W05"),
    LENGTHENED_KEY(
            "a zero byte behind the encrypted key",
            changed(parts -> withKey(parts, Arrays.copyOf(parts.encryptedKey(), parts.encryptedKey().length + 1))),
            "W05"),
    FOR_ANOTHER_KEY(
            "encrypted for somebody else under our key's id",
            (to, valid) -> to.secretlyTo(another(to.key())).encrypt(valid.build()),
            "W05"),

    // Algorithms and keys
    KID_UNKNOWN(
            "a key id that we do not have",
            (to, valid) -> to.header("kid", "no-such-key").encrypt(valid.build()),
            "W12"),
    KID_OF_10_KIB(
            "kid of ten kibibytes",
            (to, valid) -> to.header("kid", "k".repeat(10_240)).encrypt(valid.build()),
            "W12"),
    ALG_MISSING("no alg", (to, valid) -> to.withoutHeader("alg").encrypt(valid.build()), "W01"),
    ALG_LOWER_CASE(
            "alg in lower case",
            (to, valid) -> to.header("alg", to.key().algorithm().toLowerCase(Locale.ROOT))
                    .encrypt(valid.build()),
            "W01"),
    ALG_OF_A_SIGNATURE("alg RS256", (to, valid) -> to.header("alg", "RS256").encrypt(valid.build()), "W02"),
    ALG_DIR("direct encryption", (to, valid) -> to.header("alg", "dir").encrypt(valid.build()), "W01"),
    ALG_A256KW("a shared secret", (to, valid) -> to.header("alg", "A256KW").encrypt(valid.build()), "W01"),
    ALG_PBES2(
            "a password with two billion rounds",
            (to, valid) -> to.header("alg", "PBES2-HS256+A128KW")
                    .header("p2c", 2_000_000_000)
                    .header("p2s", "c2FsdA")
                    .encrypt(valid.build()),
            "W16"),
    ALG_RSA1_5(
            "RSA1_5, correctly, for our key or another one",
            (to, valid) -> {
                TestEncryptionKey key = to.key().curve() == null ? to.key() : another(TestKeys.rsaEncryption());
                return to.secretlyTo(new TestEncryptionKey(key.kid(), "RSA1_5", key.keyPair()))
                        .header("alg", "RSA1_5")
                        .encrypt(valid.build());
            },
            "W04"),
    ENC_MISSING("no enc", (to, valid) -> to.withoutHeader("enc").encrypt(valid.build()), "W01"),
    ENC_UNKNOWN(
            "an enc without authentication",
            (to, valid) -> to.header("enc", "A256CBC").encrypt(valid.build()),
            "W01"),
    ENC_LOWER_CASE(
            "enc in lower case", (to, valid) -> to.header("enc", "a256gcm").encrypt(valid.build()), "W01"),
    EPK_NULL("epk null", (to, valid) -> to.header("epk", null).encrypt(valid.build()), true, "W07"),
    EPK_OFF_CURVE(
            "a point that is not on the curve",
            ephemeral(jwk -> with(jwk, "y", String.valueOf(jwk.get("x")))),
            true,
            "W07"),
    EPK_ZERO("the point 0, 0", ephemeral(jwk -> with(with(jwk, "x", zero(jwk)), "y", zero(jwk))), true, "W07"),
    EPK_ON_ANOTHER_CURVE(
            "a point of another curve",
            (to, valid) -> to.header(
                            "epk",
                            TestEncryptionKey.bareJwk(TestEncryptionKey.generate(
                                    "EC", "P-256".equals(to.key().curve()) ? "P-384" : "P-256")))
                    .encrypt(valid.build()),
            true,
            "W07"),
    EPK_SHORT("a coordinate without its leading bytes", ephemeral(jwk -> with(jwk, "x", "AAAA")), true, "W07"),
    EPK_PRIVATE("an epk with a private member", ephemeral(jwk -> with(jwk, "d", "AAAA")), true, "W07"),
    EPK_STRING("epk a string", (to, valid) -> to.header("epk", "x").encrypt(valid.build()), true, "W07"),
    APU_RESPELLED("apu with padding", (to, valid) -> to.header("apu", "QQ==").encrypt(valid.build()), true, "W17"),

    // Extensions
    ZIP_BOMB("zip DEF, four megabytes of spaces", (to, valid) -> zipped(to, " ".repeat(4 << 20)), "W18"),
    ZIP("zip DEF, the token compressed", (to, valid) -> zipped(to, valid.build()), "W18"),
    CRIT(
            "crit names a header",
            (to, valid) -> to.header("crit", List.of("exp")).header("exp", 1).encrypt(valid.build()),
            "W20"),
    B64("b64 false", (to, valid) -> to.header("b64", false).encrypt(valid.build()), "W20"),

    // Spelling
    FOUR_SEGMENTS("without the tag", text(token -> token.substring(0, token.lastIndexOf('.'))), "W17"),
    SIX_SEGMENTS("one segment more", text(token -> token + ".AAAA"), "W17"),
    TRAILING_DOT("a dot at the end", text(token -> token + "."), "W17"),
    TILDE_IN_HEADER("a tilde in the header", respelled(0, EncryptionFault::tilde), "W17"),
    TILDE_IN_KEY("a tilde in the encrypted key", respelled(1, EncryptionFault::tilde), "W17"),
    TILDE_IN_VECTOR("a tilde in the vector", respelled(2, EncryptionFault::tilde), "W17"),
    TILDE_IN_CIPHERTEXT("a tilde in the ciphertext", respelled(3, EncryptionFault::tilde), "W17"),
    TILDE_IN_TAG("a tilde in the tag", respelled(4, EncryptionFault::tilde), "W17"),
    LOOSE_BITS_IN_KEY("unused bits set at the end of the encrypted key", respelled(1, EncryptionFault::loose), "W17"),
    LOOSE_BITS_IN_CIPHERTEXT(
            "unused bits set at the end of the ciphertext", respelled(3, EncryptionFault::loose), "W17"),
    LOOSE_BITS_IN_TAG("unused bits set at the end of the tag", respelled(4, EncryptionFault::loose), "W17"),
    EQUALS_IN_TAG("padding behind the tag", text(token -> token + "=="), "W17");

    private final String what;
    private final BiFunction<TokenEncryption, AccessTokens, String> change;
    private final boolean ofAgreement;
    private final Set<String> requirements;

    EncryptionFault(String what, BiFunction<TokenEncryption, AccessTokens, String> change, String... requirements) {
        this(what, change, false, requirements);
    }

    EncryptionFault(
            String what,
            BiFunction<TokenEncryption, AccessTokens, String> change,
            boolean ofAgreement,
            String... requirements) {
        this.what = what;
        this.change = change;
        this.ofAgreement = ofAgreement;
        this.requirements = Set.of(requirements);
    }

    /** What differs from the valid token. */
    public String what() {
        return what;
    }

    /** The requirements that forbid it. */
    public Set<String> requirements() {
        return requirements;
    }

    /** Whether tokens for that key can have it: some are about the ephemeral keys of ECDH only. */
    public boolean fits(TestEncryptionKey key) {
        return !ofAgreement || key.curve() != null;
    }

    String applyTo(TokenEncryption encryption, AccessTokens valid) {
        return change.apply(encryption, valid);
    }

    private static BiFunction<TokenEncryption, AccessTokens, String> changed(UnaryOperator<Parts> change) {
        return (to, valid) -> change.apply(to.parts(valid.build().getBytes(StandardCharsets.US_ASCII)))
                .compact();
    }

    private static BiFunction<TokenEncryption, AccessTokens, String> text(UnaryOperator<String> change) {
        return (to, valid) -> change.apply(to.encrypt(valid.build()));
    }

    private static BiFunction<TokenEncryption, AccessTokens, String> respelled(
            int segment, UnaryOperator<String> change) {
        return text(token -> {
            String[] segments = token.split("\\.", -1);
            segments[segment] = change.apply(segments[segment]);
            return String.join(".", segments);
        });
    }

    private static String tilde(String segment) {
        return Segment.inTheMiddle(segment, "~");
    }

    private static String loose(String segment) {
        return segment.length() % 4 == 0 ? segment + "B" : Segment.setLastBit(segment);
    }

    private static BiFunction<TokenEncryption, AccessTokens, String> ephemeral(
            UnaryOperator<Map<String, Object>> change) {
        return (to, valid) -> {
            Map<String, Object> jwk = TestEncryptionKey.bareJwk(
                    TestEncryptionKey.generate("EC", to.key().curve()));
            return to.header("epk", change.apply(jwk)).encrypt(valid.build());
        };
    }

    private static Map<String, Object> with(Map<String, Object> jwk, String member, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(jwk);
        changed.put(member, value);
        return changed;
    }

    private static String zero(Map<String, Object> jwk) {
        return Base64Url.encode(new byte[Base64Url.decode(String.valueOf(jwk.get("x"))).length]);
    }

    private static Parts withTag(Parts parts, byte[] tag) {
        return new Parts(parts.header(), parts.encryptedKey(), parts.vector(), parts.ciphertext(), tag);
    }

    private static Parts withKey(Parts parts, byte[] key) {
        return new Parts(parts.header(), key, parts.vector(), parts.ciphertext(), parts.tag());
    }

    private static TestEncryptionKey another(TestEncryptionKey key) {
        return new TestEncryptionKey(
                key.kid(),
                key.algorithm(),
                TestEncryptionKey.generate(key.curve() == null ? "RSA" : "EC", key.curve()));
    }

    private static String zipped(TokenEncryption to, String content) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out =
                new DeflaterOutputStream(compressed, new Deflater(Deflater.BEST_COMPRESSION, true))) {
            out.write(content.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return to.header("zip", "DEF").parts(compressed.toByteArray()).compact();
    }
}
