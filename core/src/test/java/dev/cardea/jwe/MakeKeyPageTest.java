package dev.cardea.jwe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.json.BoundedJson;
import dev.cardea.json.JsonLimits;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program on the page about encrypted tokens, as it stands there. */
class MakeKeyPageTest {
    private static final Path PAGE = Path.of("..", "docs", "how-to", "encrypted-tokens.md");

    @Test
    void thePagesProgramMakesAKeyThatIsRead(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("MakeKey.java"), program());
        assertThat(run(directory)).isZero();

        byte[] privateHalf = Files.readAllBytes(directory.resolve("private.json"));
        assertThat(DecryptionKeys.read(privateHalf)).hasToString("1 decryption keys");
        RSAPublicKey pem = (RSAPublicKey) KeyFactory.getInstance("RSA")
                .generatePublic(new X509EncodedKeySpec(Base64.getMimeDecoder()
                        .decode(Files.readString(directory.resolve("public.pem"))
                                .replaceAll("-----.*-----", ""))));
        Map<?, ?> open = onlyKey(Files.readAllBytes(directory.resolve("public.json")));
        assertThat(open.keySet()).isEqualTo(java.util.Set.of("kty", "use", "alg", "kid", "n", "e"));
        assertThat(open.get("kid")).isEqualTo("2026-11");
        assertThat(new RSAPublicKeySpec(number(open, "n"), number(open, "e")).getModulus())
                .isEqualTo(pem.getModulus())
                .isEqualTo(number(onlyKey(privateHalf), "n"));

        assertThat(run(directory)).as("a second run").isNotZero();
        assertThat(directory.resolve("private.json")).hasBinaryContent(privateHalf);
    }

    private static String program() throws IOException {
        Matcher block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
        assertThat(block.find()).isTrue();
        return block.group(1);
    }

    private static int run(Path directory) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "MakeKey.java", "2026-11")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start()
                .waitFor();
    }

    private static Map<?, ?> onlyKey(byte[] set) throws Exception {
        List<?> keys = (List<?>)
                BoundedJson.readObject(set, JsonLimits.ofBytes(65_536)).get("keys");
        assertThat(keys).hasSize(1);
        return (Map<?, ?>) keys.get(0);
    }

    private static BigInteger number(Map<?, ?> key, String member) {
        return new BigInteger(
                1, Base64.getUrlDecoder().decode(String.valueOf(key.get(member)).getBytes(StandardCharsets.US_ASCII)));
    }
}
