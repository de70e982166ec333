package dev.cardea.jwe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cardea.testkit.TestEncryptionKey;
import dev.cardea.testkit.TestKeys;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecryptionKeysTest {
    private static final TestEncryptionKey RSA = TestKeys.rsaEncryption();
    private static final TestEncryptionKey EC = TestKeys.ecEncryption();

    @Test
    void readsOneKeyOrASetOfThem() throws UnusableKeysException {
        assertThat(read(RSA.privateJson())).hasToString("1 decryption keys");
        assertThat(read(EC.privateJson())).hasToString("1 decryption keys");
        assertThat(read("{\"keys\":[" + RSA.privateJson() + "," + EC.privateJson() + "]}"))
                .hasToString("2 decryption keys");
        assertThat(read("\n " + RSA.privateJson() + "\n")).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"P-256", "P-384", "P-521"})
    void readsKeysOnEachCurve(String curve) throws UnusableKeysException {
        assertThat(read(TestEncryptionKey.newEc("k", "ECDH-ES", curve).privateJson()))
                .isNotNull();
    }

    @Tag("T17")
    @ParameterizedTest
    @CsvSource({
        "use,sig,has a 'use' other than enc",
        "key_ops,x,has 'key_ops' without",
        "alg,,has no 'alg' of ECDH-ES",
        "alg,RS256,has no 'alg' of ECDH-ES",
        "alg,RSA1_5,has no 'alg' of ECDH-ES",
        "alg,dir,has no 'alg' of ECDH-ES",
        "alg,ECDH-ES,has a 'kty' that does not fit",
        "kty,,has no member 'kty'",
        "kty,oct,symmetric",
        "kty,EC,does not fit",
        "d,,is a public key",
        "p,,has no member 'p'",
        "d,AQAB,do not belong",
        "p,AQAB,do not belong",
        "e,Aw,do not belong",
        "dp,AQAB,no RSA key|does not decrypt",
        "qi,AQAB,no RSA key|does not decrypt",
        "n,AQAB,has fewer than 2048",
        "n,A=,not base64url",
    })
    void wantsAWholePrivateKeyForOneAlgorithm(String member, String value, String problem) throws Exception {
        assertThat(read(json(RSA.privateJwk()))).isNotNull();
        Map<String, Object> changed = new TreeMap<>(RSA.privateJwk());
        if (value == null) {
            changed.remove(member);
        } else {
            changed.put(member, value);
        }
        assertThat(problem(json(changed))).containsPattern(problem);
    }

    @Tag("W07")
    @Test
    void wantsHalvesOfACurveThatBelongToEachOther() throws Exception {
        Map<String, Object> other =
                TestEncryptionKey.newEc("k", "ECDH-ES", "P-256").privateJwk();
        Map<String, Object> changed = new TreeMap<>(EC.privateJwk());
        assertThat(read(json(changed))).isNotNull();

        changed.put("d", other.get("d"));
        assertThat(problem(json(changed))).contains("halves that do not belong");
        changed.put("d", "AA");
        assertThat(problem(json(changed))).contains("not on its curve");
        changed.put("d", EC.privateJwk().get("d"));
        changed.put("x", other.get("x"));
        assertThat(problem(json(changed))).contains("not on its curve");
        changed.put("crv", "P-192");
        assertThat(problem(json(changed))).contains("another curve");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-----BEGIN PRIVATE KEY-----",
                "[]",
                "{\"keys\":[]}",
                "{\"keys\":{}}",
                "{\"keys\":[1]}",
                "{\"keys\":[null]}",
                "{}",
            })
    void wantsAFileWithKeys(String text) {
        assertThat(problem(text)).isNotEmpty();
    }

    @Test
    void wantsKeysThatCanBeToldApart() throws Exception {
        TestEncryptionKey other = TestEncryptionKey.newRsa("other", "RSA-OAEP-256");
        assertThat(read("{\"keys\":[" + RSA.privateJson() + "," + other.privateJson() + "]}"))
                .isNotNull();

        String twins = "{\"keys\":[" + RSA.privateJson() + ","
                + other.withKid(RSA.kid()).privateJson() + "]}";
        assertThat(problem(twins)).contains("two keys for one kid");
    }

    @Test
    void saysNothingOfTheKey() {
        Map<String, Object> changed = new TreeMap<>(RSA.privateJwk());
        changed.put("alg", "s3cret");
        assertThat(problem(json(changed))).doesNotContain("s3cret");
        assertThat(problem("{\"s3cret\":}")).doesNotContain("s3cret");
    }

    private static String json(Map<String, Object> jwk) {
        return jwk.entrySet().stream()
                .map(member -> "\"" + member.getKey() + "\":"
                        + (member.getKey().equals("key_ops") ? "[\"x\"]" : "\"" + member.getValue() + "\""))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String problem(String text) {
        return catchThrowableOfType(UnusableKeysException.class, () -> read(text))
                .what();
    }

    private static DecryptionKeys read(String text) throws UnusableKeysException {
        return DecryptionKeys.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
