package dev.cardea.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cardea.config.IssuerSettings;
import dev.cardea.config.TokenSettings;
import dev.cardea.jwe.DecryptionKeys;
import dev.cardea.jwe.UnusableKeysException;
import dev.cardea.reject.Reason;
import dev.cardea.reject.RejectedException;
import dev.cardea.reject.Rejection;
import dev.cardea.request.PresentedToken;
import dev.cardea.resolve.IssuerRoute;
import dev.cardea.resolve.Outages;
import dev.cardea.resolve.TokenResolver;
import dev.cardea.resolve.VerifiedTokens;
import dev.cardea.testkit.AccessTokens;
import dev.cardea.testkit.EncryptionFault;
import dev.cardea.testkit.TestEncryptionKey;
import dev.cardea.testkit.TestKeys;
import dev.cardea.testkit.TokenEncryption;
import dev.cardea.testkit.TokenFault;
import dev.cardea.token.ClaimMapping;
import dev.cardea.token.ClaimRules;
import dev.cardea.token.VerifiedToken;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jose4j.jwe.JsonWebEncryption;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A token inside a token, from its presentation to its acceptance: every fault that the test kit knows, of both. */
@Tag("accepts")
@Tag("refuses")
class EncryptedTokenTest {
    private static final String ISSUER = "https://as.example";
    private static final String AUDIENCE = "https://api.example";
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
    private static final AccessTokens VALID = AccessTokens.of(ISSUER, AUDIENCE, CLOCK);
    private static final List<String> ENCRYPTIONS = List.of("A128GCM", "A256GCM", "A128CBC-HS256", "A256CBC-HS512");
    private static final List<TestEncryptionKey> KEYS = List.of(
            TestKeys.rsaEncryption(),
            TestEncryptionKey.newRsa("sha-1", "RSA-OAEP"),
            TestKeys.ecEncryption(),
            TestEncryptionKey.newEc("p-256", "ECDH-ES", "P-256"),
            TestEncryptionKey.newEc("p-384", "ECDH-ES+A128KW", "P-384"),
            TestEncryptionKey.newEc("p-521", "ECDH-ES", "P-521"));

    @TestFactory
    @Tag("T11")
    @Tag("W05")
    Stream<DynamicTest> opensEveryCombinationOfAlgorithms() {
        return KEYS.stream().flatMap(key -> ENCRYPTIONS.stream()
                .map(enc -> DynamicTest.dynamicTest(key + " " + enc, () -> {
                    TokenResolver resolver = resolver(key);
                    TokenEncryption encryption = TokenEncryption.to(key).with(enc);
                    assertThat(accept(resolver, encryption.encrypt(VALID.build())))
                            .isEqualTo("alice");
                    assertThat(reason(resolver, encryption.encrypt(VALID, EncryptionFault.TAMPERED_CIPHERTEXT)))
                            .isEqualTo(Reason.TOKEN_DECRYPTION_FAILED);
                })));
    }

    /** Somebody else's idea of the same algorithms: jose4j's own JWE, with parties named. */
    @Tag("T11")
    @Test
    void opensWhatJose4jEncrypts() throws Exception {
        for (TestEncryptionKey key : KEYS) {
            for (String enc : ENCRYPTIONS) {
                JsonWebEncryption jwe = new JsonWebEncryption();
                jwe.setAlgorithmHeaderValue(key.algorithm());
                jwe.setEncryptionMethodHeaderParameter(enc);
                jwe.setKeyIdHeaderValue(key.kid());
                jwe.setContentTypeHeaderValue("application/JWT");
                jwe.setHeader("apu", "QWxpY2U");
                jwe.setHeader("apv", "Qm9i");
                jwe.setKey(key.keyPair().getPublic());
                jwe.setPayload(VALID.build());
                assertThat(accept(resolver(key), jwe.getCompactSerialization())).isEqualTo("alice");
            }
        }
    }

    @TestFactory
    @Tag("T11")
    @Tag("W01")
    @Tag("W02")
    @Tag("W04")
    @Tag("W05")
    @Tag("W06")
    @Tag("W07")
    @Tag("W12")
    @Tag("W16")
    @Tag("W17")
    @Tag("W18")
    @Tag("W20")
    Stream<DynamicTest> refusesEveryFaultOfTheEncryption() {
        return KEYS.subList(1, 4).stream().flatMap(key -> EnumSet.allOf(EncryptionFault.class).stream()
                .filter(fault -> fault.fits(key))
                .flatMap(fault -> Stream.of("A256GCM", "A128CBC-HS256")
                        .map(enc -> DynamicTest.dynamicTest(key + " " + enc + " " + fault + ": " + fault.what(), () -> {
                            TokenResolver resolver = resolver(key);
                            TokenEncryption encryption = TokenEncryption.to(key).with(enc);
                            assertThat(accept(resolver, encryption.encrypt(VALID.build())))
                                    .isEqualTo("alice");
                            assertRefused(resolver, encryption.encrypt(VALID, fault));
                        }))));
    }

    /** CVE-2026-29000: what is inside has to pass what every token has to pass. */
    @TestFactory
    @Tag("T11")
    @Tag("W05")
    Stream<DynamicTest> refusesEveryFaultOfTheTokenInside() {
        TokenResolver resolver = resolver(TestKeys.ecEncryption());
        TokenEncryption encryption = TokenEncryption.to(TestKeys.ecEncryption());
        return EnumSet.allOf(TokenFault.class).stream()
                .filter(fault -> !fault.requirements().contains("T08")) // cnf is for whoever confirms the token
                .filter(fault -> fault != TokenFault.OVERSIZED) // the outer one is measured, where it is extracted
                .map(fault -> DynamicTest.dynamicTest(fault + ": " + fault.what(), () -> {
                    assertThat(accept(resolver, encryption.encrypt(VALID.build())))
                            .isEqualTo("alice");
                    assertRefused(resolver, encryption.encrypt(VALID.build(fault)));
                }));
    }

    @Tag("W06")
    @Test
    void refusesFiveSegmentsWithoutAKeyForThem() throws Exception {
        TestEncryptionKey key = TestKeys.rsaEncryption();
        String token = TokenEncryption.to(key).encrypt(VALID.build());

        assertThat(accept(resolver(key), token)).isEqualTo("alice");
        assertThat(accept(resolver(key), VALID.build())).isEqualTo("alice");
        assertThat(accept(resolver(), VALID.build())).isEqualTo("alice");
        assertThat(reason(resolver(), token)).isEqualTo(Reason.TOKEN_ENCRYPTED);
    }

    /** RFC 7516 11.5: whoever tries must not learn how far he came. */
    @Tag("W05")
    @Test
    void saysTheSameOfWhateverFailsBehindTheHeader() throws Exception {
        for (TestEncryptionKey key : KEYS) {
            for (String enc : ENCRYPTIONS) {
                TokenEncryption encryption = TokenEncryption.to(key).with(enc);
                assertThat(accept(resolver(key), encryption.encrypt(VALID.build())))
                        .isEqualTo("alice");
                Set<Rejection> rejections = Stream.of(
                                EncryptionFault.TAMPERED_HEADER,
                                EncryptionFault.TAMPERED_VECTOR,
                                EncryptionFault.TAMPERED_CIPHERTEXT,
                                EncryptionFault.TAMPERED_TAG,
                                EncryptionFault.TRUNCATED_TAG,
                                EncryptionFault.FOR_ANOTHER_KEY,
                                EncryptionFault.TAMPERED_KEY)
                        .filter(fault -> fault != EncryptionFault.TAMPERED_KEY
                                || !key.algorithm().equals("ECDH-ES"))
                        .map(fault -> rejection(resolver(key), encryption.encrypt(VALID, fault)))
                        .collect(Collectors.toSet());
                assertThat(rejections).hasSize(1);
                assertThat(rejections.iterator().next().reason()).isEqualTo(Reason.TOKEN_DECRYPTION_FAILED);
            }
        }
    }

    /** An encrypted key is whatever its sender encrypted: of any length, or nothing that can be decrypted. */
    @Tag("W05")
    @Test
    void takesAnyRubbishForAnEncryptedKey() throws Exception {
        for (TestEncryptionKey key : KEYS) {
            String token = TokenEncryption.to(key).encrypt(VALID.build());
            assertThat(accept(resolver(key), token)).isEqualTo("alice");
            String[] segments = token.split("\\.", -1);
            for (int length = 0; length <= 300; length++) {
                byte[] rubbish = new byte[length];
                Arrays.fill(rubbish, (byte) 0x5a);
                segments[1] = Base64.getUrlEncoder().withoutPadding().encodeToString(rubbish);
                String changed = String.join(".", segments);
                if (!changed.equals(token)) {
                    assertThat(reason(resolver(key), changed)).isEqualTo(Reason.TOKEN_DECRYPTION_FAILED);
                }
            }
        }
    }

    @Tag("W02")
    @ParameterizedTest
    @CsvSource({"A128GCM,A256GCM", "A256GCM,A128GCM", "A128GCM,A256CBC-HS512", "A256CBC-HS512,A128CBC-HS256"})
    void takesNoContentKeyOfAnotherLength(String actual, String claimed) throws Exception {
        TestEncryptionKey key = TestKeys.rsaEncryption();
        String token = TokenEncryption.to(key).with(actual).encrypt(VALID.build());
        String other = TokenEncryption.to(key).with(claimed).encrypt(VALID.build());
        assertThat(accept(resolver(key), token)).isEqualTo("alice");

        String mixed = other.substring(0, other.indexOf('.')) + token.substring(token.indexOf('.'));
        assertThat(reason(resolver(key), mixed)).isEqualTo(Reason.TOKEN_DECRYPTION_FAILED);
    }

    @Tag("W12")
    @Test
    void choosesTheKeyByItsIdAndWithoutOneOnlyIfThereIsNoChoice() throws Exception {
        TestEncryptionKey old = TestEncryptionKey.newRsa("old", "RSA-OAEP-256");
        TestEncryptionKey young = TestEncryptionKey.newRsa("young", "RSA-OAEP-256");
        TokenEncryption anonymous = TokenEncryption.to(old).withoutHeader("kid");

        assertThat(accept(resolver(old, young), TokenEncryption.to(old).encrypt(VALID.build())))
                .isEqualTo("alice");
        assertThat(accept(resolver(old, young), TokenEncryption.to(young).encrypt(VALID.build())))
                .isEqualTo("alice");
        assertThat(accept(resolver(old, TestKeys.ecEncryption()), anonymous.encrypt(VALID.build())))
                .isEqualTo("alice");
        assertThat(reason(resolver(old, young), anonymous.encrypt(VALID.build())))
                .isEqualTo(Reason.TOKEN_DECRYPTION_FAILED);
        assertThat(reason(resolver(young), TokenEncryption.to(old).encrypt(VALID.build())))
                .isEqualTo(Reason.TOKEN_DECRYPTION_FAILED);
    }

    @Tag("W02")
    @Test
    void usesAKeyWithItsOwnAlgorithmOnly() throws Exception {
        TestEncryptionKey key = TestKeys.rsaEncryption();
        TestEncryptionKey otherwise = new TestEncryptionKey(key.kid(), "RSA-OAEP", key.keyPair());

        assertThat(accept(resolver(key), TokenEncryption.to(key).encrypt(VALID.build())))
                .isEqualTo("alice");
        assertThat(accept(resolver(otherwise), TokenEncryption.to(otherwise).encrypt(VALID.build())))
                .isEqualTo("alice");
        assertThat(reason(resolver(key), TokenEncryption.to(otherwise).encrypt(VALID.build())))
                .isEqualTo(Reason.ALGORITHM_NOT_ACCEPTED);
    }

    /** Key confusion: whoever finds a public key to verify with may try to encrypt for it. */
    @Tag("W02")
    @Test
    void opensNothingThatIsEncryptedForTheIssuersSigningKey() throws Exception {
        TestEncryptionKey signing = new TestEncryptionKey(
                TestKeys.rsa().kid(), "RSA-OAEP-256", TestKeys.rsa().keyPair());

        assertThat(accept(resolver(signing), TokenEncryption.to(signing).encrypt(VALID.build())))
                .isEqualTo("alice");
        assertThat(reason(
                        resolver(TestKeys.rsaEncryption()),
                        TokenEncryption.to(signing).encrypt(VALID.build())))
                .isEqualTo(Reason.TOKEN_DECRYPTION_FAILED);
    }

    @Tag("W10")
    @Test
    void goesByTheIssuerInsideWhateverTheHeaderSays() throws Exception {
        TestEncryptionKey key = TestKeys.rsaEncryption();
        TokenEncryption encryption = TokenEncryption.to(key).header("iss", ISSUER);

        assertThat(accept(resolver(key), encryption.encrypt(VALID.build()))).isEqualTo("alice");
        assertThat(reason(
                        resolver(key),
                        encryption.encrypt(VALID.issuer("https://other.example").build())))
                .isEqualTo(Reason.ISSUER_UNKNOWN);
    }

    @Test
    void namesTheTokenByWhatWasPresented() throws Exception {
        TestEncryptionKey key = TestKeys.rsaEncryption();
        PresentedToken token = PresentedToken.of(TokenEncryption.to(key).encrypt(VALID.build()));

        assertThat(resolver(key).resolve(token).fingerprint()).isEqualTo(token.fingerprint());
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cret", "{\"sub\":\"s3cret\"}", "e30.e30.s3cret", "s3cret.e30.AA"})
    void saysNothingOfWhatWasEncrypted(String content) {
        TestEncryptionKey key = TestKeys.rsaEncryption();
        Rejection rejection = rejection(resolver(key), TokenEncryption.to(key).encrypt(content));

        assertThat(rejection.reason()).isEqualTo(Reason.TOKEN_NOT_SIGNED);
        assertThat(rejection.detail()).doesNotContain("s3cret");
    }

    private static void assertRefused(TokenResolver resolver, String token) {
        Reason reason;
        try {
            reason = reason(resolver, token);
        } catch (IllegalArgumentException e) {
            return; // It is no token68, and never comes as far as this.
        }
        assertThat(reason.status()).isEqualTo(401);
        assertThat(reason.error()).isEqualTo("invalid_token");
    }

    private static Reason reason(TokenResolver resolver, String token) {
        return rejection(resolver, token).reason();
    }

    private static Rejection rejection(TokenResolver resolver, String token) {
        PresentedToken presented = PresentedToken.of(token);
        return catchThrowableOfType(RejectedException.class, () -> resolver.resolve(presented))
                .rejection();
    }

    private static String accept(TokenResolver resolver, String token) throws Exception {
        VerifiedToken verified = resolver.resolve(PresentedToken.of(token));
        return verified.subject();
    }

    private static TokenResolver resolver(TestEncryptionKey... keys) {
        try {
            LocalJwtVerifier verifier = new LocalJwtVerifier(
                    new IssuerSettings(ISSUER, Set.of("at+jwt"), List.of("RS256")), new KeyRing(TestKeys.rsa()), CLOCK);
            ClaimRules rules = new ClaimRules(
                    new ClaimRules.Expectations(
                            ISSUER,
                            Set.of(AUDIENCE),
                            Set.of("iss", "exp", "aud", "sub", "client_id", "iat", "jti"),
                            Duration.ofSeconds(30),
                            null),
                    new ClaimMapping(List.of("sub"), List.of("client_id"), List.of("scope"), List.of("roles")),
                    CLOCK);
            return new TokenResolver(
                    List.of(IssuerRoute.ofJwts(new IssuerRoute.Local(ISSUER, verifier, rules, null))),
                    keys.length == 0 ? null : keys(keys),
                    new VerifiedTokens(new TokenSettings.VerifiedCache(0, Duration.ofMinutes(5)), CLOCK),
                    new Outages(null, null),
                    CLOCK,
                    System::nanoTime);
        } catch (UnusableKeysException e) {
            throw new IllegalStateException(e);
        }
    }

    private static DecryptionKeys keys(TestEncryptionKey... keys) throws UnusableKeysException {
        List<String> jwks = new ArrayList<>();
        for (TestEncryptionKey key : keys) {
            jwks.add(key.privateJson());
        }
        return DecryptionKeys.read(("{\"keys\":" + jwks + "}").getBytes(StandardCharsets.UTF_8));
    }
}
