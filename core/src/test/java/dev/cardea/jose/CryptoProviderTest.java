package dev.cardea.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cardea.jose.FaultyProvider.Fault;
import dev.cardea.testkit.TestKey;
import dev.cardea.testkit.TestKeys;
import java.io.Closeable;
import java.lang.ref.WeakReference;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPublicKeySpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which provider verifies; {@code ProviderContractTest} is about how they do. */
class CryptoProviderTest {
    private static final Set<String> ALL = Set.of(TestProviders.ALL);
    private static final SignatureAlgorithm ES256 = SignatureAlgorithm.required("ES256");

    @AfterEach
    void uninstall() {
        List.of("Conscrypt", "Faulty").forEach(Security::removeProvider);
    }

    @ParameterizedTest
    @CsvSource({"corretto,AmazonCorrettoCryptoProvider", "conscrypt,Conscrypt", "bouncycastle,BC"})
    void aWordNamesOneThatVerifiesEverything(String word, String name) {
        List<String> installed = names();
        CryptoProvider crypto = CryptoProvider.of(word, ALL, TestProviders.loader(word));

        assertThat(crypto.summary())
                .startsWith("Signatures are verified by " + name + " ")
                .contains("(ES256, ES384, ES512, Ed25519, PS256, PS384, PS512, RS256, RS384, RS512)")
                .endsWith("and by nobody else");
        assertThat(crypto.warnings()).isEmpty();
        assertThat(names()).isEqualTo(installed);
    }

    @Test
    void autoTakesTheFastestThatIsThere() {
        ClassLoader all = TestProviders.loader("corretto");
        CryptoProvider crypto = CryptoProvider.of(
                "auto", ALL, TestProviders.loader("bouncycastle"), TestProviders.loader("conscrypt"), all);

        assertThat(crypto.summary()).contains("AmazonCorrettoCryptoProvider").doesNotContain("Conscrypt", "BC");
        assertThat(crypto.warnings()).isEmpty();
    }

    @Test
    void autoLeavesToTheJdkWhatItDoesAsFast() throws Exception {
        CryptoProvider crypto = CryptoProvider.of("auto", ALL, TestProviders.loader("bouncycastle"));

        assertThat(crypto.summary())
                .startsWith("Signatures are verified by BC ")
                .contains("(ES256, ES384, ES512, Ed25519)")
                .endsWith("others by the Java platform's own providers");
        assertThat(providerOf(crypto, TestKeys.rsa())).isNotEqualTo("BC");
        assertThat(providerOf(crypto, TestKeys.ec())).isEqualTo("BC");
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "jdk"})
    void isThePlatformsOwnWhereThereIsNothingElse(String setting) throws Exception {
        CryptoProvider crypto = CryptoProvider.of(setting, ALL, TestProviders.noLoader());

        assertThat(crypto.summary()).isEqualTo("Signatures are verified by the Java platform's own providers");
        assertThat(crypto.warnings()).isEmpty();
        assertThat(providerOf(crypto, TestKeys.ec())).isEqualTo("SunEC");
    }

    @Test
    void jdkIsThePlatformsOwnWhateverThereIs() {
        assertThat(CryptoProvider.of("jdk", ALL, TestProviders.loader("bouncycastle"))
                        .summary())
                .isEqualTo("Signatures are verified by the Java platform's own providers");
    }

    @Test
    void findsWhatTheThreadSeesBeforeWhatWeSee() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(TestProviders.loader("bouncycastle"));
        try {
            assertThat(CryptoProvider.of("bouncycastle", ALL).summary()).contains("BC ");
        } finally {
            thread.setContextClassLoader(before);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> CryptoProvider.of("bouncycastle", ALL));
    }

    @ParameterizedTest
    @CsvSource({
        "corretto,software.amazon.cryptools:AmazonCorrettoCryptoProvider",
        "conscrypt,org.conscrypt:conscrypt-openjdk-uber",
        "bouncycastle,org.bouncycastle:bcprov-jdk18on"
    })
    void saysWhatToAddWhereItIsMissing(String word, String artifact) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CryptoProvider.of(word, ALL, TestProviders.noLoader()))
                .withMessageContaining("cardea.crypto.provider: there is no provider '" + word + "'; add " + artifact);
    }

    @ParameterizedTest
    @ValueSource(strings = {"JDK", "Corretto", "sun", ""})
    void saysWhichThereAreForANameThatIsNone(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CryptoProvider.of(name, ALL, TestProviders.noLoader()))
                .withMessageContaining("write auto, jdk, corretto, conscrypt, bouncycastle, or one of [")
                .withMessageContaining("SunEC");
    }

    @Test
    void anInstalledOneHasItsOwnName() throws Exception {
        CryptoProvider crypto = CryptoProvider.of("SunEC", Set.of("ES256"), TestProviders.noLoader());
        assertThat(crypto.summary()).contains("SunEC").contains("(ES256)");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> CryptoProvider.of("SunEC", Set.of("ES256", "RS256"), TestProviders.noLoader()))
                .withMessageContaining("does not have [RS256]; write cardea.jwt.algorithms");
    }

    /** Each of these faults has been somebody's, or would let somebody in. */
    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NONE", "THROWS_AT_BAD"})
    void whatAnswersWronglyIsLeftAloneAndSaidOnce(Fault fault) throws Exception {
        Security.addProvider(new FaultyProvider("Conscrypt", Fault.NONE));
        CryptoProvider sound = CryptoProvider.of("auto", Set.of("ES256"), TestProviders.noLoader());
        assertThat(providerOf(sound, TestKeys.ec())).isEqualTo("Conscrypt");
        assertThat(sound.warnings()).isEmpty();

        Security.removeProvider("Conscrypt");
        Security.addProvider(new FaultyProvider("Conscrypt", fault));
        CryptoProvider crypto = CryptoProvider.of("auto", Set.of("ES256"), TestProviders.noLoader());

        assertThat(providerOf(crypto, TestKeys.ec())).isEqualTo("SunEC");
        assertThat(crypto.warnings())
                .singleElement()
                .asString()
                .contains("Conscrypt 1.0 does not verify as it should: its ES256 ")
                .endsWith("Others verify these");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CryptoProvider.of("conscrypt", Set.of("ES256"), TestProviders.noLoader()))
                .withMessageContaining("cardea.crypto.provider: Conscrypt 1.0 does not verify as it should: its ES256");
    }

    @Test
    void theNextOneVerifiesWhatTheFirstDoesWrongly() throws Exception {
        Security.addProvider(new FaultyProvider("Conscrypt", Fault.ACCEPTS_ALL));
        CryptoProvider crypto = CryptoProvider.of("auto", Set.of("ES256"), TestProviders.loader("bouncycastle"));

        assertThat(providerOf(crypto, TestKeys.ec())).isEqualTo("BC");
        assertThat(crypto.warnings()).hasSize(1);
    }

    @Test
    void sayThatAProviderIsThereButVerifiesNothing() {
        Security.addProvider(new FaultyProvider("Conscrypt", Fault.NONE));
        CryptoProvider crypto = CryptoProvider.of("auto", Set.of("ES384"), TestProviders.noLoader());

        assertThat(crypto.warnings()).singleElement().asString().contains("has none of [ES384]");
    }

    @Test
    void anExceptionOfAProviderIsARefusal() throws Exception {
        Security.addProvider(new FaultyProvider("Faulty", Fault.THROWS_AT_BAD));
        CryptoProvider crypto = CryptoProvider.of("Faulty", Set.of("ES256"), TestProviders.noLoader());
        TestKey ec = TestKeys.ec();
        VerificationKey key = new VerificationKey(null, ec.keyPair().getPublic(), Set.of("ES256"), crypto);
        byte[] input = {1};
        byte[] good = ec.sign(input);
        byte[] bad = good.clone();
        bad[10] ^= 1;

        assertThat(key.verifies(ES256, good, input)).isTrue();
        assertThat(key.verifies(ES256, bad, input)).isFalse();
        assertThat(key.verifies(ES256, good, input)).isTrue();
    }

    /** What one provider does not take another may: by name nobody else is asked, else the platform is. */
    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"TAKES_NO_KEY", "THROWS_AT_KEYS"})
    void aKeyThatItDoesNotTakeIsForThePlatformUnlessItIsNamed(Fault fault) throws Exception {
        FaultyProvider provider = new FaultyProvider("Faulty", fault);
        TestKey ec = TestKeys.ec();
        byte[] input = {1};
        ProviderKey key = new ProviderKey(ec.keyPair().getPublic());

        CryptoProvider auto = new CryptoProvider(Map.of(ES256, provider), false, List.of());
        assertThat(auto.verifier(ES256, key).getProvider().getName()).isEqualTo("SunEC");
        VerificationKey usable = new VerificationKey(null, ec.keyPair().getPublic(), Set.of("ES256"), auto);
        assertThat(usable.verifies(ES256, ec.sign(input), input)).isTrue();

        CryptoProvider named = new CryptoProvider(Map.of(ES256, provider), true, List.of());
        assertThatExceptionOfType(GeneralSecurityException.class).isThrownBy(() -> named.verifier(ES256, key));
    }

    /** Its tables for a point are many times as expensive as a verification: it keeps them in its own key. */
    @Test
    void aKeyIsTranslatedOnce() throws Exception {
        CryptoProvider crypto = TestProviders.crypto("bouncycastle");
        ProviderKey key = new ProviderKey(TestKeys.ec().keyPair().getPublic());
        Provider provider = crypto.verifier(ES256, key).getProvider();

        assertThat(key.at(provider)).isSameAs(key.at(provider)).isNotSameAs(key.original());
        assertThat(key.at(provider).getEncoded()).isEqualTo(key.original().getEncoded());
    }

    /** Where Bouncy Castle is the platform's first provider, keys may come from it without the name of their curve. */
    @Test
    void aKeyIsTranslatedWithTheNameOfItsCurve() throws Exception {
        for (String algorithm : List.of("ES256", "ES384", "ES512")) {
            ECPublicKey named =
                    (ECPublicKey) TestKeys.newKey("k", algorithm).keyPair().getPublic();
            Provider provider = TestProviders.crypto("bouncycastle")
                    .verifier(SignatureAlgorithm.required(algorithm), new ProviderKey(named))
                    .getProvider();
            Curve curve = Curve.of(named.getParams());
            PublicKey nameless = KeyFactory.getInstance("EC", provider)
                    .generatePublic(new ECPublicKeySpec(named.getW(), curve.parameters()));
            assertThat(nameless.getEncoded()).hasSizeGreaterThan(named.getEncoded().length);

            assertThat(new ProviderKey(nameless).at(provider).getEncoded()).isEqualTo(named.getEncoded());
            assertThat(curve.key(named.getW().getAffineX(), named.getW().getAffineY()))
                    .isEqualTo(named);
        }
    }

    /** Nothing of an application that was undeployed stays, where a provider has no native code that would. */
    @Test
    void bouncyCastleGoesWithTheApplication() throws Exception {
        WeakReference<ClassLoader> application = used();
        for (int i = 0; i < 100 && application.get() != null; i++) {
            System.gc();
            Thread.sleep(50);
        }
        assertThat(application.get()).isNull();
    }

    private static WeakReference<ClassLoader> used() throws Exception {
        ClassLoader loader = TestProviders.newLoader(TestProviders.jar("bouncycastle"));
        CryptoProvider crypto = CryptoProvider.of("bouncycastle", ALL, loader);
        for (TestKey key : List.of(TestKeys.rsa(), TestKeys.ec(), TestKeys.ed25519())) {
            byte[] input = {1};
            VerificationKey verification =
                    new VerificationKey(null, key.keyPair().getPublic(), Set.of(key.algorithm()), crypto);
            assertThat(verification.verifies(SignatureAlgorithm.required(key.algorithm()), key.sign(input), input))
                    .isTrue();
        }
        ((Closeable) loader).close();
        return new WeakReference<>(loader);
    }

    private static String providerOf(CryptoProvider crypto, TestKey key) throws GeneralSecurityException {
        return crypto.verifier(
                        SignatureAlgorithm.required(key.algorithm()),
                        new ProviderKey(key.keyPair().getPublic()))
                .getProvider()
                .getName();
    }

    private static List<String> names() {
        return List.of(Security.getProviders()).stream().map(Provider::getName).toList();
    }
}
