package dev.cardea.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cardea.config.IssuerSettings;
import dev.cardea.confirmation.Bearers;
import dev.cardea.confirmation.ConfirmedToken;
import dev.cardea.reject.Reason;
import dev.cardea.reject.RejectedException;
import dev.cardea.reject.UndeterminedException;
import dev.cardea.request.Credentials;
import dev.cardea.request.CredentialsExtractor;
import dev.cardea.testkit.AccessTokens;
import dev.cardea.testkit.TestKey;
import dev.cardea.testkit.TestKeys;
import dev.cardea.testkit.TokenFault;
import dev.cardea.testkit.TokenVariant;
import dev.cardea.token.ClaimMapping;
import dev.cardea.token.ClaimRules;
import dev.cardea.token.Source;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A token from the header field to its acceptance, with keys at hand: every fault that the test kit knows. */
class LocalValidationTest {
    private static final String ISSUER = "https://as.example";
    private static final String AUDIENCE = "https://api.example";
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
    private static final AccessTokens VALID = AccessTokens.of(ISSUER, AUDIENCE, CLOCK);
    private static final List<String> ALGORITHMS = List.of("RS256", "PS256", "ES256", "EdDSA", "Ed25519");
    private static final LocalJwtVerifier VERIFIER = verifier(ALGORITHMS, TestKeys.rsa());

    @TestFactory
    @Tag("T01")
    @Tag("W14")
    @Tag("accepts")
    @Tag("refuses")
    Stream<DynamicTest> acceptsAccessTokensByTheirType() {
        return faultsAgainst("T01", "W14");
    }

    @TestFactory
    @Tag("T02")
    @Tag("accepts")
    @Tag("refuses")
    Stream<DynamicTest> acceptsTheConfiguredIssuerOnly() {
        return faultsAgainst("T02");
    }

    @TestFactory
    @Tag("T03")
    @Tag("accepts")
    @Tag("refuses")
    Stream<DynamicTest> acceptsTokensForThisAudienceOnly() {
        return faultsAgainst("T03");
    }

    @TestFactory
    @Tag("T04")
    @Tag("W01")
    @Tag("W02")
    @Tag("W03")
    @Tag("accepts")
    @Tag("refuses")
    @Tag("W05")
    Stream<DynamicTest> acceptsSignaturesOfAllowedAlgorithmsThatVerify() {
        return faultsAgainst("T04", "W01", "W02", "W03", "W05");
    }

    @TestFactory
    @Tag("T05")
    @Tag("W13")
    @Tag("accepts")
    @Tag("refuses")
    Stream<DynamicTest> acceptsKeysOfTheIssuerOnly() {
        return faultsAgainst("T05", "W13");
    }

    @TestFactory
    @Tag("T06")
    @Tag("T13")
    @Tag("accepts")
    @Tag("refuses")
    Stream<DynamicTest> acceptsTokensWithinTheirTime() {
        return faultsAgainst("T06", "T13");
    }

    @TestFactory
    @Tag("T07")
    @Tag("accepts")
    @Tag("refuses")
    Stream<DynamicTest> wantsTheRequiredClaims() {
        return faultsAgainst("T07");
    }

    @TestFactory
    @Tag("W06")
    @Tag("W12")
    @Tag("W17")
    @Tag("W18")
    @Tag("W20")
    @Tag("accepts")
    @Tag("refuses")
    @Tag("W16")
    Stream<DynamicTest> acceptsOneShapeOfToken() {
        return faultsAgainst("W06", "W12", "W16", "W17", "W18", "W20");
    }

    @TestFactory
    @Tag("W09")
    @Tag("W19")
    @Tag("T14")
    @Tag("accepts")
    @Tag("refuses")
    Stream<DynamicTest> acceptsBoundedJsonInUtf8() {
        return faultsAgainst("W09", "W19", "T14");
    }

    /** T08: whatever is wrong, the client learns the same. */
    @TestFactory
    @Tag("T08")
    @Tag("accepts")
    @Tag("refuses")
    Stream<DynamicTest> refusesEveryFaultAsTheSameInvalidToken() {
        return EnumSet.allOf(TokenFault.class).stream().map(LocalValidationTest::isRefused);
    }

    @Tag("T08")
    @Tag("W14")
    @Tag("accepts")
    @ParameterizedTest
    @EnumSource
    void acceptsEveryUnusualButValidToken(TokenVariant variant) throws Exception {
        assertThat(accept(VERIFIER, VALID.build(variant))).isNotNull();
    }

    @Tag("T05")
    @Tag("accepts")
    @Tag("refuses")
    @Test
    void acceptsAGoodTokenWhateverItsHeaderSaysAboutKeys() throws Exception {
        assertThat(accept(VERIFIER, VALID.header("jku", ISSUER + "/keys").build()))
                .isNotNull();
        assertThat(reason(VALID.build(TokenFault.JKU))).isEqualTo(Reason.SIGNATURE_INVALID);
        assertThat(reason(VALID.build(TokenFault.EMBEDDED_JWK))).isEqualTo(Reason.SIGNATURE_INVALID);
    }

    @Tag("T04")
    @Tag("accepts")
    @Tag("refuses")
    @ParameterizedTest
    @ValueSource(strings = {"rsa", "ec", "ed25519"})
    @Tag("W05")
    void verifiesEachKindOfKey(String kind) throws Exception {
        TestKey key =
                switch (kind) {
                    case "rsa" -> TestKeys.rsa();
                    case "ec" -> TestKeys.ec();
                    default -> TestKeys.ed25519();
                };
        LocalJwtVerifier verifier = verifier(ALGORITHMS, key);
        AccessTokens valid = VALID.signedBy(key);

        assertThat(accept(verifier, valid.build())).isNotNull();
        assertThat(reason(verifier, valid.build(TokenFault.TAMPERED_PAYLOAD))).isEqualTo(Reason.SIGNATURE_INVALID);
        assertThat(reason(verifier, valid.build(TokenFault.TAMPERED_SIGNATURE))).isEqualTo(Reason.SIGNATURE_INVALID);
        assertThat(reason(verifier, valid.build(TokenFault.ZERO_SIGNATURE))).isEqualTo(Reason.SIGNATURE_INVALID);
        assertThat(reason(verifier, valid.build(TokenFault.TRUNCATED_SIGNATURE)))
                .isEqualTo(Reason.SIGNATURE_INVALID);
        assertThat(reason(verifier, valid.build(TokenFault.LENGTHENED_SIGNATURE)))
                .isEqualTo(Reason.SIGNATURE_INVALID);
    }

    /** Each algorithm that there is, published for nothing else: RFC 8725 3.1. */
    @Tag("T04")
    @Tag("W01")
    @Tag("W02")
    @Tag("W04")
    @Tag("accepts")
    @Tag("refuses")
    @ParameterizedTest
    @CsvSource({
        "RS256,RS384",
        "RS384,RS512",
        "RS512,PS512",
        "PS256,RS256",
        "PS384,PS256",
        "PS512,PS384",
        "ES256,ES384",
        "ES384,ES512",
        "ES512,ES256",
        "EdDSA,ES256",
        "Ed25519,RS256",
    })
    void acceptsEachAlgorithmByItsExactNameAndWithItsOwnKeyOnly(String algorithm, String other) throws Exception {
        List<String> all = List.of(
                "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519");
        TestKey key = TestKeys.newKey("k", algorithm);
        LocalJwtVerifier verifier = verifier(all, key);
        AccessTokens valid = VALID.signedBy(key);

        assertThat(accept(verifier, valid.build())).isNotNull();
        assertThat(reason(verifier, valid.build(TokenFault.TAMPERED_PAYLOAD))).isEqualTo(Reason.SIGNATURE_INVALID);
        assertThat(reason(verifier, valid.build(TokenFault.TAMPERED_SIGNATURE))).isEqualTo(Reason.SIGNATURE_INVALID);
        assertThat(reason(verifier, valid.build(TokenFault.ZERO_SIGNATURE))).isEqualTo(Reason.SIGNATURE_INVALID);
        assertThat(reason(verifier, valid.build(TokenFault.ALG_LOWER_CASE))).isEqualTo(Reason.ALGORITHM_NOT_ACCEPTED);
        assertThat(reason(verifier, valid.header("alg", other).build())).isEqualTo(Reason.ALGORITHM_NOT_ACCEPTED);
        assertThat(reason(verifier(List.of(other), key), valid.build())).isEqualTo(Reason.ALGORITHM_NOT_ACCEPTED);
        if (key.keyPair().getPublic() instanceof RSAPublicKey && other.matches("[RP]S\\d+")) {
            TestKey misused = new TestKey("k", other, key.keyPair());
            assertThat(accept(verifier(all, misused), VALID.signedBy(misused).build()))
                    .isNotNull();
            assertThat(reason(verifier, VALID.signedBy(misused).build())).isEqualTo(Reason.ALGORITHM_NOT_ACCEPTED);
        }
    }

    @Tag("W02")
    @Tag("accepts")
    @Tag("refuses")
    @Test
    @Tag("W04")
    void takesEd25519ByBothOfItsNames() throws Exception {
        TestKey modern = new TestKey("ed-1", "Ed25519", TestKeys.ed25519().keyPair());
        LocalJwtVerifier verifier = verifier(ALGORITHMS, TestKeys.ed25519());

        assertThat(accept(verifier, VALID.signedBy(TestKeys.ed25519()).build())).isNotNull();
        assertThat(accept(verifier, VALID.signedBy(modern).build())).isNotNull();
        assertThat(reason(
                        verifier(List.of("EdDSA"), modern),
                        VALID.signedBy(modern).build()))
                .isEqualTo(Reason.ALGORITHM_NOT_ACCEPTED);
    }

    @Tag("W01")
    @Tag("accepts")
    @Tag("refuses")
    @Test
    void acceptsConfiguredAlgorithmsOnly() throws Exception {
        LocalJwtVerifier strict = verifier(List.of("ES256"), TestKeys.rsa(), TestKeys.ec());

        assertThat(accept(strict, VALID.signedBy(TestKeys.ec()).build())).isNotNull();
        assertThat(reason(strict, VALID.build())).isEqualTo(Reason.ALGORITHM_NOT_ACCEPTED);
    }

    @Tag("W02")
    @Tag("accepts")
    @Tag("refuses")
    @Test
    void usesAKeyWithItsOwnAlgorithmOnly() throws Exception {
        assertThat(accept(VERIFIER, VALID.build())).isNotNull();
        assertThat(reason(VALID.build(TokenFault.ALG_PS256_BY_RS256_KEY))).isEqualTo(Reason.ALGORITHM_NOT_ACCEPTED);
        assertThat(reason(VALID.build(TokenFault.ALG_OF_ANOTHER_KEY_TYPE))).isEqualTo(Reason.ALGORITHM_NOT_ACCEPTED);
    }

    @Tag("T16")
    @Tag("accepts")
    @Tag("refuses")
    @Test
    void takesATokenWithoutKeyIdIfOneKeyFits() throws Exception {
        String token = VALID.withoutHeader("kid").build();

        assertThat(accept(verifier(ALGORITHMS, TestKeys.rsa(), TestKeys.ec()), token))
                .isNotNull();
        assertThat(reason(verifier(ALGORITHMS, TestKeys.rsa(), TestKeys.foreign()), token))
                .isEqualTo(Reason.KEY_UNKNOWN);
    }

    @Tag("W01")
    @Tag("accepts")
    @Tag("refuses")
    @ParameterizedTest
    @ValueSource(strings = {"none", "HS256", "Ed448", "ES256K", "rs256", "RSA1_5"})
    @Tag("W04")
    @Tag("W08")
    void cannotBeConfiguredToAcceptWhatIsNotForAccessTokens(String algorithm) {
        assertThat(LocalJwtVerifier.isSupported("RS256")).isTrue();
        assertThat(LocalJwtVerifier.isSupported(algorithm)).isFalse();
        assertThat(catchThrowableOfType(
                        IllegalArgumentException.class, () -> verifier(List.of("RS256", algorithm), TestKeys.rsa())))
                .hasMessageContaining("cardea.jwt.algorithms");
    }

    /** There is no HMAC here, so no secret that somebody could guess. */
    @Tag("W08")
    @Tag("accepts")
    @Tag("refuses")
    @ParameterizedTest
    @ValueSource(strings = {"HS256", "HS384", "HS512"})
    void noSecretSignsAToken(String algorithm) throws Exception {
        assertThat(accept(VERIFIER, VALID.build())).isNotNull();
        assertThat(reason(VALID.header("alg", algorithm).build())).isEqualTo(Reason.ALGORITHM_NOT_ACCEPTED);
        assertThat(reason(VALID.build(TokenFault.HS256_WITH_PUBLIC_KEY))).isEqualTo(Reason.ALGORITHM_NOT_ACCEPTED);
        assertThat(catchThrowableOfType(
                        IllegalArgumentException.class, () -> verifier(List.of("RS256", algorithm), TestKeys.rsa())))
                .hasMessageContaining("cardea.jwt.algorithms");
    }

    private static Stream<DynamicTest> faultsAgainst(String... requirements) {
        assertThat(requirements).allSatisfy(id -> assertThat(EnumSet.allOf(TokenFault.class))
                .as("faults against " + id)
                .anyMatch(fault -> fault.requirements().contains(id)));
        return EnumSet.allOf(TokenFault.class).stream()
                .filter(fault -> Stream.of(requirements).anyMatch(fault.requirements()::contains))
                .map(LocalValidationTest::isRefused);
    }

    private static DynamicTest isRefused(TokenFault fault) {
        return DynamicTest.dynamicTest(fault + ": " + fault.what(), () -> {
            assertThat(accept(VERIFIER, VALID.build())).isNotNull();
            Reason reason = reason(VALID.build(fault));
            assertThat(reason.status()).isEqualTo(fault.status());
            assertThat(reason.error()).isEqualTo(fault.error());
        });
    }

    private static Reason reason(String token) {
        return reason(VERIFIER, token);
    }

    private static Reason reason(JwtVerifier verifier, String token) {
        return catchThrowableOfType(RejectedException.class, () -> accept(verifier, token))
                .rejection()
                .reason();
    }

    private static ConfirmedToken accept(JwtVerifier verifier, String token)
            throws RejectedException, UndeterminedException {
        Credentials.Presented presented =
                (Credentials.Presented) new CredentialsExtractor(8192, null).extract(List.of("Bearer " + token), null);
        CompactJwt jwt = CompactJwt.parse(presented.token());
        ClaimRules rules = new ClaimRules(
                new ClaimRules.Expectations(
                        ISSUER,
                        Set.of(AUDIENCE),
                        Set.of("iss", "exp", "aud", "sub", "client_id", "iat", "jti"),
                        Duration.ofSeconds(30),
                        null),
                new ClaimMapping(List.of("sub"), List.of("client_id"), List.of("scope"), List.of("roles")),
                CLOCK);
        return Bearers.confirm(
                rules.accept(presented.token(), verifier.verify(jwt).claims(), Source.LOCAL), presented.token());
    }

    private static LocalJwtVerifier verifier(List<String> algorithms, TestKey... keys) {
        return new LocalJwtVerifier(new IssuerSettings(ISSUER, Set.of("at+jwt"), algorithms), new KeyRing(keys), CLOCK);
    }
}
