package dev.cardea.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.util.List;
import java.util.stream.Stream;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class AccessTokensTest {

    static Stream<TestKey> keys() {
        return Stream.of(TestKeys.rsa(), TestKeys.ec(), TestKeys.ed25519(), TestKeys.foreign());
    }

    @ParameterizedTest
    @MethodSource("keys")
    void anotherLibraryVerifiesTheValidTokenWithThePublishedKey(TestKey key) throws Exception {
        JsonWebKeySet published = new JsonWebKeySet(TestKeys.jwks(key));
        PublicJsonWebKey jwk = (PublicJsonWebKey) published.getJsonWebKeys().get(0);
        String token = Oracle.valid().signedBy(key).build();

        assertThat(Oracle.verify(token, jwk.getPublicKey()).getClaimValueAsString("client_id"))
                .isEqualTo("orders-client");
        assertThat(jwk.getKeyId()).isEqualTo(key.kid());
        assertThat(jwk.getPrivateKey()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void anotherLibraryVerifiesEachVariant(TokenVariant variant) throws Exception {
        AccessTokens valid = Oracle.valid();

        assertThat(valid.build(variant)).isNotEqualTo(valid.build());
        assertThat(Oracle.signatureHolds(valid.build(variant))).isTrue();
        assertThat(Oracle.verify(valid.build(variant), TestKeys.rsa().keyPair().getPublic())
                        .getSubject())
                .isEqualTo("alice");
    }

    @Test
    void aCopyChangesAndTheOriginalDoesNot() {
        AccessTokens valid = Oracle.valid();
        String before = valid.build();

        assertThat(valid.scope("a", "b").claims()).containsEntry("scope", "a b");
        assertThat(valid.audience("x", "y").claims()).containsEntry("aud", List.of("x", "y"));
        assertThat(valid.build()).isEqualTo(before);
    }

    @Test
    void printsNeitherKeyNorToken() {
        KeyPair pair = TestKeys.rsa().keyPair();

        assertThat(TestKeys.rsa()).hasToString("TestKey[rsa-1, RS256]");
        assertThat(Oracle.valid().toString()).doesNotContain("eyJ").doesNotContain(pair.toString());
    }

    @Test
    void aKeyIsMadeOncePerJvmUnlessANewOneIsAskedFor() {
        assertThat(TestKeys.rsa()).isSameAs(TestKeys.rsa());
        assertThat(TestKeys.newRsa("x").bareJwk())
                .isNotEqualTo(TestKeys.newRsa("x").bareJwk());
    }
}
