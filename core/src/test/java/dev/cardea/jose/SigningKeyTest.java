package dev.cardea.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cardea.file.UnusableFileException;
import dev.cardea.testkit.TestEncryptionKey;
import dev.cardea.testkit.TestKey;
import dev.cardea.testkit.TestKeys;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Map;
import org.jose4j.jws.JsonWebSignature;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeyTest {
    private static final String EC = TestKeys.ec().privateJson();

    private static SigningKey read(String file) throws UnusableFileException {
        return SigningKey.read(file.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertUnusable(String file, String why) {
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(UnusableFileException.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource({"RS256,RS256", "ES256,ES256", "ES384,ES384", "ES512,ES512", "EdDSA,EdDSA", "PS256,RS256"})
    @Tag("I03")
    void pemSignsByTheAlgorithmOfItsKind(String made, String chosen) throws Exception {
        TestKey key = TestKeys.newKey("x", made);
        SigningKey read = read("some text before\n" + key.privatePem());
        assertThat(read.algorithm()).isEqualTo(chosen);
        assertThat(read.id()).isNull();

        JsonWebSignature jws = new JsonWebSignature();
        jws.setCompactSerialization(read.sign(Map.of("sub", "a\"/b")));
        jws.setKey(key.keyPair().getPublic());
        assertThat(jws.verifySignature()).isTrue();
        assertThat(jws.getHeaders().getFullHeaderAsJsonString())
                .isEqualTo("{\"alg\":\"" + chosen + "\",\"typ\":\"JWT\"}");
    }

    @Test
    @Tag("I03")
    void anRsaKeyForPssOnlySignsByPss() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSASSA-PSS");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        assertThat(read(new TestKey("x", "PS256", pair).privatePem()).algorithm())
                .isEqualTo("PS256");
    }

    @Test
    @Tag("I03")
    void theFirstKeyOfASetThatIsForSigningSigns() throws Exception {
        String encryption = TestKeys.ecEncryption().privateJson();
        String set =
                "{\"keys\":[" + encryption + "," + EC + "," + TestKeys.ed25519().privateJson() + "]}";
        assertThat(read(set).id()).isEqualTo(TestKeys.ec().kid());
        assertUnusable("{\"keys\":[" + encryption + "]}", "has no key that is for signing");
        assertUnusable("{\"keys\":1}", "not an array");
    }

    @Test
    @Tag("I03")
    void aJwkWithoutAlgorithmSignsByTheOneOfItsKind() throws Exception {
        assertThat(read(EC.replace("\"alg\":\"ES256\"", "\"x-alg\":\"\"")).algorithm())
                .isEqualTo("ES256");
        assertThat(read(TestKeys.rsa().privateJson().replace("\"alg\":\"RS256\"", "\"x-alg\":\"\""))
                        .algorithm())
                .isEqualTo("RS256");
        assertThat(read(TestKeys.rsa().privateJson().replace("RS256", "PS512")).algorithm())
                .isEqualTo("PS512");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ES384", "RS256", "none", "HS256", "EdDSA", ""})
    void aKeySignsByNoAlgorithmOfAnother(String algorithm) throws Exception {
        assertThat(read(EC).algorithm()).isEqualTo("ES256");
        assertUnusable(EC.replace("ES256", algorithm), "'alg'");
    }

    @Test
    void saysWhatIsWrongWithAFileAndNotWhatIsInIt() throws Exception {
        assertThat(read(EC)).hasToString("key for ES256");
        assertUnusable("", "neither a JSON Web Key");
        assertUnusable(EC.substring(1), "neither a JSON Web Key");
        assertUnusable(EC.replace("\"d\":", "\"not-d\":"), "'d' is missing");
        assertUnusable(EC.replace("\"x\":", "\"not-x\":"), "a member is missing");
        assertUnusable(EC.replace("\"use\":\"sig\"", "\"use\":\"enc\""), "not for signing");
        assertUnusable(EC.replace("\"use\":\"sig\"", "\"key_ops\":[\"verify\"]"), "not for signing");
        assertThat(read(EC.replace("\"use\":\"sig\"", "\"key_ops\":[\"sign\"]")).algorithm())
                .isEqualTo("ES256");
        assertUnusable("{\"kty\":\"oct\",\"k\":\"AAAA\"}", "client_secret_jwt");
        assertUnusable(EC.replace("\"kid\":\"ec-1\"", "\"kid\":1"), "'kid' that is not a string");

        String other = TestKeys.newKey("other", "ES256").privateJson();
        String mixed = EC.replaceFirst("\"d\":\"[^\"]*\"", "\"d\":\"" + member(other, "d") + "\"");
        assertUnusable(mixed, "halves");
    }

    @Test
    void takesNoWeakOrForeignKey() throws Exception {
        assertUnusable(pem("RSA", 1024), "fewer than 2048 bits");
        assertThat(read(pem("RSA", 2048)).algorithm()).isEqualTo("RS256");
        assertUnusable(pem("DSA", 2048), "neither RSA, EC nor Ed25519");
        assertUnusable(pem("Ed448", 0), "neither RSA, EC nor Ed25519");
        assertUnusable(pem("X25519", 0), "neither RSA, EC nor Ed25519");
        String pem = pem("RSA", 2048);
        assertUnusable(pem.replace("PRIVATE KEY", "RSA PRIVATE KEY"), "openssl pkcs8");
        assertUnusable(pem.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY"), "openssl pkcs8");
        assertUnusable(pem.replace("PRIVATE KEY", "CERTIFICATE"), "without a private key");
        assertUnusable(TestEncryptionKey.newRsa("e", "RSA-OAEP-256").privateJson(), "not for signing");
    }

    private static String pem(String type, int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
        if (bits > 0) {
            generator.initialize(bits);
        }
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(generator.generateKeyPair().getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    private static String member(String json, String name) {
        return json.replaceFirst("(?s).*\"" + name + "\":\"([^\"]*)\".*", "$1");
    }
}
