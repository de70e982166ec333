package dev.cardea.introspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cardea.config.IntrospectionSettings;
import dev.cardea.config.IssuerSettings;
import dev.cardea.jwe.DecryptionKeys;
import dev.cardea.jwt.KeyRing;
import dev.cardea.reject.Uncertainty;
import dev.cardea.reject.UndeterminedException;
import dev.cardea.request.PresentedToken;
import dev.cardea.testkit.AccessTokens;
import dev.cardea.testkit.EncryptionFault;
import dev.cardea.testkit.Endpoint;
import dev.cardea.testkit.SignedAnswerFault;
import dev.cardea.testkit.TestAuthorizationServer;
import dev.cardea.testkit.TestEncryptionKey;
import dev.cardea.testkit.TestKey;
import dev.cardea.testkit.TestKeys;
import dev.cardea.testkit.TokenEncryption;
import dev.cardea.testkit.TokenFault;
import dev.cardea.token.Source;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9701: each answer that is not believed stands beside the one that is, and differs from it in one thing. */
class SignedAnswerTest {
    private static final List<String> ALGORITHMS = List.of("RS256", "PS256", "ES256", "EdDSA", "Ed25519");
    private static final Duration SKEW = Duration.ofSeconds(30);
    private static final String NOT_TRUSTED = ": a signed answer that is not to be trusted: ";

    /** Of an access token's faults those that a signed answer cannot have: it makes no such claim, or none that counts. */
    private static final Set<TokenFault> NO_FAULTS_OF_ANSWERS = EnumSet.of(
            TokenFault.EXP_NULL,
            TokenFault.MISSING_EXP,
            TokenFault.MISSING_SUB,
            TokenFault.MISSING_CLIENT_ID,
            TokenFault.MISSING_JTI,
            TokenFault.SUB_NUMBER,
            TokenFault.SUB_NULL,
            TokenFault.CLIENT_ID_ARRAY,
            TokenFault.JTI_NUMBER,
            TokenFault.SCOPE_NUMBER,
            TokenFault.SCOPE_OBJECT,
            TokenFault.SCOPE_ARRAY_OF_NUMBERS,
            TokenFault.TYP_TOKEN_INTROSPECTION,
            TokenFault.DUPLICATE_EXP,
            TokenFault.DUPLICATE_SUB,
            TokenFault.DUPLICATE_SCOPE,
            TokenFault.DUPLICATE_ESCAPED_SUB,
            TokenFault.OVERSIZED,
            TokenFault.CNF_JKT,
            TokenFault.CNF_X5T,
            TokenFault.CNF_JWK,
            TokenFault.CNF_EMPTY,
            TokenFault.CNF_UNKNOWN_MEMBER,
            TokenFault.CNF_STRING,
            TokenFault.CNF_ARRAY,
            TokenFault.CNF_NULL);

    private final Introspecting setup = new Introspecting();
    private final Clockwork clock = setup.clock;
    private final TestAuthorizationServer as = setup.as;
    private final KeyRing keys = new KeyRing(TestKeys.rsa());
    private final PresentedToken token = PresentedToken.of(as.issueOpaque("orders:read"));

    @AfterEach
    void close() throws Exception {
        setup.close();
    }

    // J01: the question

    @Test
    @Tag("I04")
    @Tag("J01")
    @Tag("accepts")
    @Tag("refuses")
    void asksForASignedAnswerOnlyWhereOneIsWanted() throws Exception {
        assertThat(members(signed())).containsEntry("active", true);
        setup.remote().introspect(setup.about(token));

        assertThat(as.requests(Endpoint.INTROSPECTION))
                .extracting(request -> request.header("accept"))
                .containsExactly("application/token-introspection+jwt", "application/json");
    }

    @Test
    @Tag("J02")
    @Tag("J03")
    @Tag("J04")
    @Tag("J05")
    @Tag("J07")
    @Tag("accepts")
    void opensWhatTheServerSigned() throws Exception {
        assertThat(members(signed())).containsEntry("active", true).containsEntry("scope", "orders:read");
        as.revoke(token.text());
        assertThat(members(signed())).isEqualTo(Map.of("active", false));
    }

    // J02: the label

    @ParameterizedTest
    @CsvSource({
        "application/token-introspection+jwt, true",
        "application/token-introspection+jwt; charset=utf-8, true",
        "Application/Token-Introspection+JWT, true",
        "application/json, false",
        "application/jwt, false",
        "application/token-introspection+jwt; profile=x, false",
        "'application/json, application/token-introspection+jwt', false",
        "text/plain, false"
    })
    @Tag("J02")
    @Tag("accepts")
    @Tag("refuses")
    void opensWhatIsLabelledSo(String contentType, boolean opened) throws Exception {
        as.fail(Endpoint.INTROSPECTION, right -> right.withHeader("Content-Type", contentType));

        if (opened) {
            assertThat(members(signed())).containsEntry("active", true);
        } else {
            assertThat(trouble(signed())).contains("cardea.introspection.response=jwt");
        }
    }

    @Test
    @Tag("J02")
    @Tag("accepts")
    @Tag("refuses")
    void takesNoPlainAnswerForASignedOne() throws Exception {
        assertThat(members(signed())).containsEntry("active", true);
        as.fail(Endpoint.INTROSPECTION, right -> right.withHeader("Content-Type", "application/json")
                .withBody("{\"active\":true,\"scope\":\"orders:read\"}"));

        assertThat(trouble(signed()))
                .contains("plain JSON", "cardea.introspection.response=jwt", "introspection_signed_response_alg");

        as.fail(Endpoint.INTROSPECTION, right -> right.withBody("{\"active\":true,\"scope\":\"orders:read\"}"));
        assertThat(trouble(signed())).contains("no JWT in compact form");
    }

    // J03, J04, J05: what the JWT says

    @ParameterizedTest
    @EnumSource
    @Tag("J03")
    @Tag("J04")
    @Tag("J05")
    @Tag("J06")
    @Tag("accepts")
    @Tag("refuses")
    void believesNoAnswerWithAFault(SignedAnswerFault fault) throws Exception {
        assertThat(members(signed())).containsEntry("active", true);
        as.writeSignedAnswers(fault::applyTo);

        assertThat(trouble(signed())).as(fault.what()).containsAnyOf(NOT_TRUSTED, "an answer whose 'active'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"token-introspection+jwt", "Token-Introspection+JWT", "application/token-introspection+jwt"})
    @Tag("J03")
    @Tag("accepts")
    void readsTheTypeAsMediaTypesAreRead(String type) throws Exception {
        as.writeSignedAnswers(right -> right.header("typ", type).build());
        assertThat(members(signed())).containsEntry("active", true);
    }

    @Test
    @Tag("J04")
    @Tag("accepts")
    @Tag("refuses")
    void isMeantByItsClientIdAndByItsAudience() throws Exception {
        for (String name : List.of(TestAuthorizationServer.CLIENT_ID, TestAuthorizationServer.AUDIENCE)) {
            as.writeSignedAnswers(right -> right.audience(name).build());
            assertThat(members(signed())).containsEntry("active", true);
            as.writeSignedAnswers(right -> right.audience("billing-api", name).build());
            assertThat(members(signed())).containsEntry("active", true);
        }
        as.writeSignedAnswers(right -> right.audience("billing-api").build());
        assertThat(trouble(signed()))
                .contains("aud is '[billing-api]'", "cardea.introspection.client-id", "cardea.audience");
    }

    @ParameterizedTest
    @CsvSource({"-91, false", "-90, true", "-60, true", "0, true", "10, true", "11, false"})
    @Tag("J04")
    @Tag("accepts")
    @Tag("refuses")
    void isFromAMomentAgo(long seconds, boolean believed) throws Exception {
        as.writeSignedAnswers(right ->
                right.issuedAt(clock.instant().getEpochSecond() + seconds).build());
        assertBelieved(believed, "it was issued at");
    }

    @ParameterizedTest
    @CsvSource({"exp, -30, false", "exp, -29, true", "exp, 60, true", "nbf, 30, true", "nbf, 31, false"})
    @Tag("J04")
    @Tag("J06")
    @Tag("accepts")
    @Tag("refuses")
    void datesBesideTheTokensAreTheAnswersOwn(String claim, long seconds, boolean believed) throws Exception {
        as.writeSignedAnswers(right ->
                right.claim(claim, clock.instant().getEpochSecond() + seconds).build());
        assertBelieved(believed, "clocks");
    }

    private void assertBelieved(boolean believed, String why) throws Exception {
        if (believed) {
            assertThat(members(signed())).containsEntry("active", true);
        } else {
            assertThat(trouble(signed())).contains(why);
        }
    }

    @Test
    @Tag("J06")
    @Tag("accepts")
    void nothingBesideIsTakenForTheTokens() throws Exception {
        as.writeSignedAnswers(right -> right.subject("mallory")
                .scope("orders:write")
                .clientId("other")
                .expiresAt(clock.instant().getEpochSecond() + 7200)
                .claim("active", false)
                .build());
        Map<String, Object> plain = members(signed());

        assertThat(plain)
                .containsEntry("active", true)
                .containsEntry("sub", "alice")
                .containsEntry("scope", "orders:read")
                .containsEntry("client_id", "orders-client");
        assertThat(((Number) plain.get("exp")).longValue())
                .isEqualTo(clock.instant().getEpochSecond() + 300);
    }

    // J08: how long

    @Test
    @Tag("I15")
    @Tag("J06")
    @Tag("J08")
    @Tag("accepts")
    @Tag("refuses")
    void noAnswerIsKeptBeyondTheEndOfTheToken() throws Exception {
        long now = clock.instant().getEpochSecond();
        Map<String, @Nullable Object> metadata = as.metadata("orders:read");
        metadata.put("exp", now + 2);
        PresentedToken shortLived = PresentedToken.of(as.issueOpaque(metadata));
        as.writeSignedAnswers(right -> right.expiresAt(now + 7200).build());
        CachingIntrospector caching = setup.caching(
                setup.remote(signed()),
                new IntrospectionSettings.Cache(Duration.ofSeconds(300), 100, Duration.ofSeconds(5)));

        assertThat(caching.introspect(setup.about(shortLived))).isInstanceOf(Introspection.Active.class);
        setup.pass(Duration.ofSeconds(1));
        assertThat(caching.introspect(setup.about(shortLived)).source()).isEqualTo(Source.CACHE);
        assertThat(setup.calls()).isEqualTo(1);

        setup.pass(Duration.ofSeconds(2));
        assertThat(caching.introspect(setup.about(shortLived))).isInstanceOf(Introspection.Inactive.class);
        assertThat(setup.calls()).isEqualTo(2);
    }

    /** The end of the answer itself is none of the token's: a kept one serves on. */
    @Test
    @Tag("J06")
    @Tag("J08")
    @Tag("accepts")
    @Tag("refuses")
    void aKeptAnswerDoesNotEndWithTheJwtThatItCameIn() throws Exception {
        as.writeSignedAnswers(
                right -> right.expiresAt(clock.instant().getEpochSecond() + 1).build());
        CachingIntrospector caching = setup.caching(
                setup.remote(signed()),
                new IntrospectionSettings.Cache(Duration.ofSeconds(60), 100, Duration.ofSeconds(5)));
        caching.introspect(setup.about(token));

        setup.pass(Duration.ofSeconds(59));
        assertThat(caching.introspect(setup.about(token)).source()).isEqualTo(Source.CACHE);
        setup.pass(Duration.ofSeconds(2));
        assertThat(caching.introspect(setup.about(token)).source()).isEqualTo(Source.REMOTE);
    }

    // J07: signature and encryption

    @ParameterizedTest
    @EnumSource
    @Tag("J07")
    @Tag("accepts")
    @Tag("refuses")
    void whatIsWrongWithAnyJwtIsWrongWithAnAnswer(TokenFault fault) throws Exception {
        assertThat(members(signed())).containsEntry("active", true);
        as.writeSignedAnswers(right -> right.build(fault));

        if (NO_FAULTS_OF_ANSWERS.contains(fault)) {
            assertThat(members(signed())).containsEntry("active", true).containsEntry("sub", "alice");
        } else {
            assertThat(trouble(signed())).as(fault.what()).contains(NOT_TRUSTED);
        }
        assertThat(as.wasLuredAway()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "PS256", "ES256", "EdDSA", "Ed25519"})
    @Tag("J07")
    @Tag("accepts")
    @Tag("refuses")
    void believesAlgorithmsThatTheIssuerMayUse(String algorithm) throws Exception {
        TestKey key = TestKeys.newKey("answers", algorithm);
        as.publish(key);
        keys.add(key);

        assertThat(members(signed())).containsEntry("active", true);
        assertThat(trouble(signed(List.of("RS512"), null)))
                .contains("alg is '" + algorithm + "'", "cardea.jwt.algorithms");
    }

    /** What the test kit writes and what is read here could be wrong in the same way; jose4j wrote this one. */
    @ParameterizedTest
    @ValueSource(strings = {"RS256", "PS256", "ES256", "EdDSA"})
    @Tag("J07")
    @Tag("accepts")
    @Tag("refuses")
    void believesWhatAnotherLibrarySignedAndEncrypted(String algorithm) throws Exception {
        TestKey key = TestKeys.newKey("of-jose4j", algorithm);
        keys.add(key);
        as.writeSignedAnswers(right -> jose4j(right, key));
        assertThat(members(signed())).containsEntry("active", true).containsEntry("scope", "orders:read");
        as.writeSignedAnswers(right -> jose4j(right, TestKeys.newKey("of-jose4j", algorithm)));
        assertThat(trouble(signed())).contains("the signature does not verify");

        TestEncryptionKey recipient = TestKeys.ecEncryption();
        as.writeSignedAnswers(right -> jose4j(jose4j(right, key), recipient));
        assertThat(members(signed(ALGORITHMS, recipient))).containsEntry("active", true);
        as.writeSignedAnswers(right -> jose4j(jose4j(right, TestKeys.foreign()), recipient));
        assertThat(trouble(signed(ALGORITHMS, recipient))).contains("not one such key");
    }

    private static String jose4j(AccessTokens right, TestKey key) {
        JsonWebSignature jws = new JsonWebSignature();
        jws.setPayload(
                new String(Base64.getUrlDecoder().decode(right.build().split("\\.", -1)[1]), StandardCharsets.UTF_8));
        jws.setHeader("typ", "token-introspection+jwt");
        jws.setAlgorithmHeaderValue(key.algorithm());
        jws.setKeyIdHeaderValue(key.kid());
        jws.setKey(key.keyPair().getPrivate());
        try {
            return jws.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String jose4j(String content, TestEncryptionKey recipient) {
        JsonWebEncryption jwe = new JsonWebEncryption();
        jwe.setPayload(content);
        jwe.setContentTypeHeaderValue("JWT");
        jwe.setAlgorithmHeaderValue(recipient.algorithm());
        jwe.setEncryptionMethodHeaderParameter("A128CBC-HS256");
        jwe.setKeyIdHeaderValue(recipient.kid());
        jwe.setKey(recipient.keyPair().getPublic());
        try {
            return jwe.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @Tag("J07")
    @Tag("accepts")
    @Tag("refuses")
    void believesKeysOfTheIssuerOnly() throws Exception {
        assertThat(members(signed())).containsEntry("active", true);
        as.publish(TestKeys.ec());
        assertThat(trouble(signed())).contains("not one such key");
        as.publish(TestKeys.foreign().withKid(TestKeys.rsa().kid()));
        assertThat(trouble(signed())).contains("the signature does not verify");
    }

    @Test
    @Tag("J07")
    @Tag("accepts")
    @Tag("refuses")
    void withoutKeysNothingIsToldEitherWay() throws Exception {
        keys.tooOld(true);
        UndeterminedException failure = catchThrowableOfType(UndeterminedException.class, () -> members(signed()));
        assertThat(failure.uncertainty()).isEqualTo(Uncertainty.KEYS_UNAVAILABLE);

        keys.tooOld(false);
        assertThat(members(signed())).containsEntry("active", true);
    }

    @Test
    @Tag("J07")
    @Tag("accepts")
    @Tag("refuses")
    void opensWhatWasEncryptedForIt() throws Exception {
        for (TestEncryptionKey key : List.of(TestKeys.rsaEncryption(), TestKeys.ecEncryption())) {
            SignedAnswer opening = signed(ALGORITHMS, key);
            as.heal();
            assertThat(members(opening)).containsEntry("active", true);

            as.writeSignedAnswers(right -> TokenEncryption.to(key).encrypt(right.build()));
            assertThat(members(opening)).containsEntry("active", true).containsEntry("scope", "orders:read");
            assertThat(trouble(signed())).contains("encrypted", "cardea.jwt.decryption-key");

            as.writeSignedAnswers(
                    right -> TokenEncryption.to(key).encrypt(SignedAnswerFault.TYPE_OF_ACCESS_TOKENS.applyTo(right)));
            assertThat(trouble(opening)).contains("typ is 'at+jwt'");
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("J07")
    @Tag("accepts")
    @Tag("refuses")
    void opensNothingWithAFaultOfEncryption(EncryptionFault fault) throws Exception {
        TestEncryptionKey key = TestKeys.ecEncryption();
        SignedAnswer opening = signed(ALGORITHMS, key);
        as.writeSignedAnswers(right -> TokenEncryption.to(key).encrypt(right.build()));
        assertThat(members(opening)).containsEntry("active", true);

        as.writeSignedAnswers(right -> TokenEncryption.to(key).encrypt(right, fault));
        assertThat(trouble(opening)).contains(NOT_TRUSTED);
    }

    @Test
    void saysNothingOfKeysOrAnswers() {
        assertThat(signed(ALGORITHMS, TestKeys.ecEncryption()))
                .asString()
                .isEqualTo("signed answers of " + as.issuer() + ", at most PT1M old; PT30S skew");
    }

    private SignedAnswer signed() {
        return signed(ALGORITHMS, null);
    }

    private SignedAnswer signed(List<String> algorithms, @Nullable TestEncryptionKey key) {
        try {
            return new SignedAnswer(
                    new IssuerSettings(as.issuer(), Set.of("at+jwt"), algorithms),
                    keys,
                    key == null ? null : DecryptionKeys.read(key.privateJson().getBytes(StandardCharsets.UTF_8)),
                    Set.of(TestAuthorizationServer.CLIENT_ID, TestAuthorizationServer.AUDIENCE),
                    SKEW,
                    clock);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the introspector makes of the answer: the members of an active one, or {@code active} false. */
    private Map<String, Object> members(SignedAnswer signed) throws UndeterminedException {
        Introspection answer = setup.remote(signed).introspect(setup.about(token));
        return answer instanceof Introspection.Active active
                ? active.claims().claims().asMap()
                : Map.of("active", false);
    }

    private String trouble(SignedAnswer signed) {
        UndeterminedException failure = catchThrowableOfType(UndeterminedException.class, () -> members(signed));
        assertThat(failure.uncertainty()).isEqualTo(Uncertainty.INTROSPECTION_UNREADABLE);
        assertThat(setup.logged()).last().asString().startsWith("WARNING ").endsWith(failure.detail());
        return failure.detail();
    }
}
