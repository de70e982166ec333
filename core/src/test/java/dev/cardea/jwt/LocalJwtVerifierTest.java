package dev.cardea.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cardea.config.IssuerSettings;
import dev.cardea.jose.CryptoProvider;
import dev.cardea.jose.VerificationKey;
import dev.cardea.reject.RejectedException;
import dev.cardea.reject.UndeterminedException;
import dev.cardea.request.PresentedToken;
import dev.cardea.testkit.AccessTokens;
import dev.cardea.testkit.TestKey;
import dev.cardea.testkit.TestKeys;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is asked of a verifier beside verifying: whether a key still counts, and whose token it is with what is at hand. */
class LocalJwtVerifierTest {
    private static final String ISSUER = "https://as.example";

    private final KeyRing keys = new KeyRing(TestKeys.rsa());
    private final LocalJwtVerifier verifier = verifier(keys);

    @Test
    void trustsAKeyAsLongAsTheIssuerHasIt() throws Exception {
        VerificationKey key = verifier.verify(jwt(valid())).key();
        assertThat(verifier.stillTrusts(key)).isTrue();

        keys.tooOld(true);
        assertThatThrownBy(() -> verifier.stillTrusts(key)).isInstanceOf(UndeterminedException.class);
        keys.tooOld(false);
        keys.remove(TestKeys.rsa());
        assertThat(verifier.stillTrusts(key)).isFalse();
    }

    @Test
    void knowsATokenOfTheIssuerWhateverItsTypeByAKeyThatIsAtHand() throws Exception {
        LocalJwtVerifier hinting = verifier(atHand(keys));

        assertThat(hinting.isOfIssuer(jwt(valid()))).isTrue();
        assertThat(hinting.isOfIssuer(jwt(valid().header("typ", "JWT")))).isTrue();
        assertThat(hinting.isOfIssuer(jwt(forged()))).as("signed by a stranger").isFalse();
        assertThat(hinting.isOfIssuer(jwt(valid().header("alg", "PS256"))))
                .as("for which the key is not")
                .isFalse();
        assertThat(hinting.isOfIssuer(jwt(valid().header("alg", "HS256"))))
                .as("which is not accepted")
                .isFalse();
        assertThat(verifier.isOfIssuer(jwt(valid()))).as("no key at hand").isFalse();
    }

    private static AccessTokens valid() {
        return AccessTokens.of(ISSUER, "https://api.example", Clock.systemUTC()).signedBy(TestKeys.rsa());
    }

    private static AccessTokens forged() {
        return valid().signedBy(TestKeys.foreign().withKid(TestKeys.rsa().kid()));
    }

    private static CompactJwt jwt(AccessTokens token) throws RejectedException {
        return CompactJwt.parse(PresentedToken.of(token.build()));
    }

    private static LocalJwtVerifier verifier(KeySource source) {
        return new LocalJwtVerifier(
                new IssuerSettings(ISSUER, Set.of("at+jwt"), List.of("RS256", "PS256")), source, Clock.systemUTC());
    }

    /** Finds the key by its id alone, so that what it is for is the verifier's affair. */
    private static KeySource atHand(KeyRing keys) {
        TestKey rsa = TestKeys.rsa();
        return new KeySource() {
            @Override
            public VerificationKey key(@Nullable String keyId, String algorithm)
                    throws RejectedException, UndeterminedException {
                return keys.key(keyId, algorithm);
            }

            @Override
            public boolean stillHas(VerificationKey key) throws UndeterminedException {
                return keys.stillHas(key);
            }

            @Override
            public @Nullable VerificationKey atHand(@Nullable String keyId, String algorithm) {
                return rsa.kid().equals(keyId)
                        ? new VerificationKey(
                                keyId, rsa.keyPair().getPublic(), Set.of("RS256"), CryptoProvider.ofPlatform())
                        : null;
            }
        };
    }
}
